import type { EngineInfo, EngineKind } from '../port.ts';
import type { EngineRequest, HttpClientFactory, Reply } from './transport/http-client.ts';

/** What each kind of engine does in its own way; everything else is the same for all. */
export type EngineVariant = {
  readonly kind: EngineKind;
  readonly client: HttpClientFactory;
  /** A request as this kind expects it. */
  readonly adapted: (request: EngineRequest) => EngineRequest;
  /** Why a successful read does not come from this kind; undefined: it may. */
  readonly whyForeign: (reply: Reply) => string | undefined;
  /** The `filter_path` of the fields of `GET /_nodes` that `infoIn` reads. */
  readonly nodeFields: string;
  /** From `GET /_nodes` and `GET /_cluster/state/version`. Throws ReplyInvalid. */
  readonly infoIn: (nodes: unknown, clusterState: unknown) => EngineInfo;
  /** What the bodies that start a snapshot or a restore hold in addition. */
  readonly bodyExtras: object;
  /** Whether it heeds a repository's `max_number_of_snapshots`. */
  readonly limitsSnapshots: boolean;
  /** Whether the list of snapshots says how many there are. */
  readonly countsSnapshots: boolean;
};
