import { createServer } from 'node:http';
import { serve } from '../stack/program.ts';

/** The upper bound for Node: parses the JSON and responds as if a backup had been accepted, but does nothing. */
const server = createServer(async (request, response) => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const { backupId } = JSON.parse(Buffer.concat(chunks).toString()) as { backupId: string };
  const names = [1, 2].map((part) => `camunda_optimize_${backupId}_3.9.0_part_${part}_of_2`);
  const body = JSON.stringify({ scheduledSnapshots: names });
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) });
  response.end(body);
});

await serve(server);
