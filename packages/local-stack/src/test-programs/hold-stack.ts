// For tests: brings up a stack in the directory given, without an engine, prints its pids and stays until it is killed.
import { startStack } from '../stack.ts';

const stack = await startStack({
  directory: process.argv[2] ?? '',
  durable: false,
  parts: ['postgres', 'redis'],
});
console.log(JSON.stringify(stack.pids));
