import { findProgram } from '../process/find-program.ts';
import { runCommand } from '../process/run-command.ts';
import { StackFailure } from '../stack-failure.ts';

/** How to run PostgreSQL's programs, which refuse root: words before the command, and the owner its files then have. */
export type PostgresUser = { prefix: readonly string[]; uid: number | undefined };

const asOurselves: PostgresUser = { prefix: [], uid: undefined };

const nobody = { uid: 65_534, gid: 65_534 };

/**
 * Another user, who may nevertheless pass folders that only root may enter (a checkout below a home of mode 0700).
 * Without the last bit, access() as PostgreSQL calls it would not count that capability.
 */
const withSetpriv = (): PostgresUser => ({
  prefix: [
    'setpriv',
    '--securebits=+no_setuid_fixup',
    `--reuid=${nobody.uid}`,
    `--regid=${nobody.gid}`,
    '--clear-groups',
    '--inh-caps=+dac_override',
    '--ambient-caps=+dac_override',
  ],
  uid: nobody.uid,
});

/** Root mapped to another user in a namespace of its own; not available inside a chroot. */
const withNamespace = (): PostgresUser => ({
  prefix: ['unshare', '--user', `--map-user=${nobody.uid}`, `--map-group=${nobody.gid}`],
  uid: 0,
});

/**
 * The current user, unless that is root. As root the first way that works, tried with a harmless call of `initdb`.
 * Rejects PART_DID_NOT_START when none does.
 */
export const postgresUser = async (initdb: string): Promise<PostgresUser> => {
  if (process.getuid?.() !== 0) return asOurselves;
  const outcomes: string[] = [];
  for (const user of [withSetpriv(), withNamespace()]) {
    const [program = '', ...rest] = user.prefix;
    if (findProgram(program) === undefined) continue;
    const trial = [...rest, initdb, '--show', '--pgdata=/nonexistent'];
    const { code, output } = await runCommand(program, trial, { limitMs: 10_000 });
    if (code === 0) return user;
    outcomes.push(`${program}: ${output.trim().split('\n').at(-1)}`);
  }
  const text = 'PostgreSQL does not run as root, and no way was found to run it as another user. ';
  throw new StackFailure(
    'PART_DID_NOT_START',
    `${text}Start as an ordinary user, or set DATABASE_URL. ${outcomes.join('; ')}`,
  );
};
