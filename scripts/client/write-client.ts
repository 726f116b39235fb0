import { fileURLToPath } from 'node:url';
import { buildClient } from './build-client.ts';

// npm run build:client: packages/client/dist, which `npm publish packages/client/dist` publishes

buildClient(fileURLToPath(new URL('../../packages/client/dist', import.meta.url)));
