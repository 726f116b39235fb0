import type { ConnectedEngine, EngineSettings } from './connected-engine.ts';
import { elasticsearch } from './elasticsearch/elasticsearch.ts';
import { opensearch } from './opensearch/opensearch.ts';
import type { EngineKind } from './port.ts';
import { connectRest } from './rest/rest-engine.ts';
import type { EngineVariant } from './rest/variant.ts';

/** One line for each kind of engine that Tandem can talk to. */
const engines = { elasticsearch, opensearch } satisfies Record<EngineKind, EngineVariant>;

/**
 * The engine at that URL, whatever its kind: it is asked what it is. ENGINE_UNSUPPORTED: something else; then no other request is sent. Throws
 * a TypeError for a URL that does not parse; connects with the first call.
 */
export const connectEngine = (settings: EngineSettings): ConnectedEngine => connectRest(settings, engines);
