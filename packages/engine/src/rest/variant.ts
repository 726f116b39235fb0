import type { EngineInfo, EngineKind } from '../port.ts';
import type { HttpClientFactory } from './transport/http-client.ts';

/** What each kind of engine does in its own way; everything else is the same for all. */
export type EngineVariant = {
  readonly kind: EngineKind;
  readonly client: HttpClientFactory;
  /** The `filter_path` of the fields of `GET /_nodes` that `infoIn` reads. */
  readonly nodeFields: string;
  /** From `GET /_nodes` and `GET /_cluster/state/version`. Throws ReplyInvalid. */
  readonly infoIn: (nodes: unknown, clusterState: unknown) => EngineInfo;
  /** What the bodies that start a snapshot or a restore hold in addition. */
  readonly bodyExtras: object;
  /** Whether the list of snapshots says how many there are. */
  readonly countsSnapshots: boolean;
};
