import type { Dashboard } from './grafana.ts';
import { messaging } from './messaging.ts';
import { service } from './service.ts';
import { shop } from './shop.ts';
import { slo } from './slo.ts';

/** All dashboards, in the order in which a reader needs them. */
export const dashboards: Dashboard[] = [shop, service, messaging, slo];

/** Every query of a dashboard. */
export const queriesOf = ({ sections }: Dashboard): string[] =>
  sections.flatMap(({ rows }) => rows.flat().flatMap(({ queries }) => queries.map(([, expr]) => expr)));
