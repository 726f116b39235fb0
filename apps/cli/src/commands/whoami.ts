import type { Schemas } from '../connect/schemas.ts';
import type { Screen } from '../output/screen.ts';
import { fields } from '../output/table.ts';
import { command, shown } from '../program/command.ts';
import { actorName } from '../views/actor.ts';

export const whoami = command({
  name: 'whoami',
  description: 'Show who you are for this Tandem, and which role you have.',
  examples: ['tandem whoami', 'tandem whoami --context production'],
  run: async ({ client }) =>
    shown(await client.get('/api/v1/caller'), (caller, screen) => view(caller, client.url, screen)),
});

const view = ({ actor, role }: Schemas['Caller'], url: string, screen: Screen): string => {
  const { kind, id } = actor as { readonly kind: string; readonly id?: unknown };
  return fields(
    [
      ['You are', actorName(actor)],
      ['Role', role],
      ['By', kind],
      ['Id', typeof id === 'string' ? id : null],
      ['At', url],
    ],
    screen,
  );
};
