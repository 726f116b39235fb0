import { findTarget } from '../../connect/find-target.ts';
import { describeKey } from '../../connect/read-key.ts';
import type { Target } from '../../context/target.ts';
import type { Screen } from '../../output/screen.ts';
import { fields } from '../../output/table.ts';
import { localCommand, optionalArgument, shown } from '../../program/command.ts';

export const show = localCommand({
  name: 'show',
  description: 'Show which Tandem commands talk to here, and with which credentials. Never the key itself.',
  arguments: { name: optionalArgument('name', 'a context; without it what counts now') },
  examples: ['tandem context show', 'tandem context show production'],
  run: async ({ host, io, args: { name } }) => shown(findTarget({ context: name }, host, io), view),
});

const view = ({ url, from, key, caFile, clientCertFile }: Target, screen: Screen): string =>
  fields(
    [
      ['URL', url],
      ['From', from],
      ['Key', key === undefined ? 'none' : describeKey(key)],
      ['CA', caFile],
      ['Certificate', clientCertFile],
    ],
    screen,
  );
