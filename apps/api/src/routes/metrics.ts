import type { Metrics } from '../health/metrics.ts';
import { plainRoute, type Route } from '../http/route.ts';
import { healthDocs } from './health.ts';

export const metricsRoutes = ({ text }: Metrics): readonly Route[] => [
  plainRoute('/actuator/prometheus', healthDocs.metrics, async () => ({ status: 200, ...(await text()) })),
];
