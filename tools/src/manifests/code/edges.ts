import type { App } from './app.ts';
import type { Route } from './routes.ts';

/** Who calls whom by HTTP, because of which setting; `routes` where it is not all that the other serves. */
export interface Call {
  from: string;
  to: string;
  setting: string;
  routes?: readonly string[];
  /** What the one that a double stands for calls instead, by the door, where the double is not deployed. */
  outside?: readonly string[];
}

/** The one place where an HTTP edge is declared; code.spec.ts compares it with the apps. */
export const calls: readonly Call[] = [
  { from: 'gateway', to: 'catalog', setting: 'CATALOG_URL' },
  { from: 'gateway', to: 'inventory', setting: 'INVENTORY_URL' },
  { from: 'gateway', to: 'orders', setting: 'ORDERS_URL' },
  { from: 'gateway', to: 'payments', setting: 'PAYMENTS_URL', routes: ['GET /v1/payments/{*}'] },
  {
    from: 'payments',
    to: 'psp-sandbox',
    setting: 'PSP_URL',
    routes: [
      'POST /v1/payments',
      'POST /v1/payments/{*}/capture',
      'POST /v1/payments/{*}/refund',
      'GET /v1/payments/by-key/{*}',
      'POST /v1/payments/by-key/{*}/cancel',
    ],
  },
  ...['catalog', 'gateway', 'inventory', 'orders', 'payments'].map((from) => ({
    from,
    to: 'identity',
    setting: 'AUTH_JWKS_URL',
    routes: ['GET /jwks'],
  })),
  { from: 'gateway', to: 'identity', setting: 'AUTH_TOKEN_URL', routes: ['POST /token'] },
  {
    from: 'psp-sandbox',
    to: 'payments',
    setting: 'PSP_WEBHOOK_URL',
    routes: ['POST /v1/webhooks/psp'],
    outside: ['POST /v1/webhooks/stripe'],
  },
];

/** The door of the cluster: customers go to the gateway, browsers that sign in to the provider. */
export const door = {
  namespace: 'istio-ingress',
  account: 'shop-istio',
  to: ['gateway', 'identity'],
} as const;

/** Ports of the servers that are not ours. */
export const dataPorts = { postgres: 5432, kafka: 9092 } as const;
export type DataName = keyof typeof dataPorts;

/** What each app keeps a connection to, as its settings say. */
export const dataOf = ({ settings }: Pick<App, 'settings'>): DataName[] => [
  ...('DATABASE_URL' in settings ? (['postgres'] as const) : []),
  ...('KAFKA_BROKERS' in settings ? (['kafka'] as const) : []),
];

/** The routes of a call. */
export const routesOfCall = ({ routes }: Pick<Call, 'routes'>, served: readonly Route[]): readonly Route[] =>
  routes?.map((route) => {
    const [method = '', path = ''] = route.split(' ');
    return { method, path };
  }) ?? served;
