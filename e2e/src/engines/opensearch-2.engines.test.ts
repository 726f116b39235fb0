import { tryEngine } from './try-engine.ts';

await tryEngine('opensearch@2');
