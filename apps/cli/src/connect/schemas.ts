import type { components } from '@tandem/client/generated/api.ts';

/** The messages of the API by their names in openapi.json. */
export type Schemas = components['schemas'];
