import type { Metrics } from '../health/metrics.ts';
import { plainRoute, type Route } from '../http/route.ts';

export const metricsRoutes = ({ text }: Metrics): readonly Route[] => [
  plainRoute('/actuator/prometheus', async () => ({ status: 200, ...(await text()) })),
];
