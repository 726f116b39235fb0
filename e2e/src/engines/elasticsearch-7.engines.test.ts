import { tryEngine } from './try-engine.ts';

await tryEngine('elasticsearch@7');
