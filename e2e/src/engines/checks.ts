import type { TaskMeta } from 'vitest';

/** What one round tries on every engine, in its order; the rows of docs/engines.md. */
export const CHECKS = {
  ready: 'API and worker are ready',
  backup: 'backup of 34 indices in two snapshots',
  restore: 'restore after every index was lost',
  replace: 'restore over existing indices, after a safety backup',
  rehearsal: 'rehearsal',
  drift: 'drift: a snapshot deleted, a set made outside Tandem',
  delete: 'deletion of a backup',
} as const;
export type Check = keyof typeof CHECKS;

/** The engine as it was asked, and the client that the worker used for it. */
export type EngineFacts = {
  readonly kind: string;
  readonly version: string;
  readonly java: string;
  readonly client: string;
};

declare module 'vitest' {
  interface TaskMeta {
    /** A check that passed, with what was seen. Only a test that has passed counts. */
    check?: { readonly name: Check; readonly seen: string };
    engine?: EngineFacts;
    /** Requests by name, and the answers of this engine. */
    answers?: Readonly<Record<string, string>>;
  }
}

export const seen = ({ meta }: { readonly meta: TaskMeta }, name: Check, text: string): void => {
  meta.check = { name, seen: text };
};
