import { paint } from '../runner/paint.ts';

const row = (title: string, text: string): string => `  ${paint.dim(title.padEnd(12))} ${text}`;
const forwarded = (service: string, ports: string): string =>
  `kubectl --namespace=observability port-forward service/${service} ${ports}`;

/** Where everything is, and what a newcomer can try first. */
export const welcome = (gatewayUrl: string, dataDir: string): string =>
  [
    row('products', `curl '${gatewayUrl}/v1/products?limit=3'`),
    row('API pages', `${gatewayUrl}/docs`),
    row('a token', `SHOP_DATA=${dataDir} npm run --silent token -- alice`),
    row('the story', 'npm run kind:demo'),
    row('the mesh', 'npm run scenario -- all'),
    row('pods', 'kubectl --namespace=shop get pods'),
    row('Grafana', forwarded('grafana', '3000')),
    row('traces', forwarded('jaeger', '16686')),
    row('the tour', 'docs/tour.md'),
    row('the end', 'npm run kind:down'),
    '',
  ].join('\n');
