import type { TandemClient } from '@tandem/client/client.ts';

/** What commands talk to Tandem with. */
export type Client = TandemClient;
