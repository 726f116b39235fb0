// The entry point of every npm script: node scripts/run.mjs COMMAND [ARG …]. Plain JavaScript without dependencies, because it runs on the
// machine's own Node before anything is installed. It installs what is missing, then runs the command on Node 24.
import { commands } from './run/commands.mjs';
import { generatePrismaClient } from './run/generate.mjs';
import { install } from './run/install.mjs';
import { node24 } from './run/node24.mjs';
import { runSteps } from './run/run-steps.mjs';

const OLDEST_NODE = 20;

const main = async () => {
  if (Number(process.versions.node.split('.')[0]) < OLDEST_NODE) {
    throw new Error(
      `this is Node ${process.versions.node}; Tandem needs Node ${OLDEST_NODE} or newer (it brings its own 24 along)`,
    );
  }
  const [name = '', ...args] = process.argv.slice(2);
  const steps = commands[name];
  if (steps === undefined) throw new Error(`no command "${name}"; there are: ${Object.keys(commands).join(', ')}`);
  await install();
  const node = node24();
  await generatePrismaClient(node);
  return runSteps(node, steps(args));
};

main().then(
  (code) => process.exit(code),
  (error) => {
    console.error(`tandem: ${error.message}`);
    process.exit(1);
  },
);
