import { brokenTokens, callers, type Verdict } from './callers.ts';

/** A guard that somebody removes or weakens, and what the table must then show: these cells are red, and no other. */
export interface RemovedGuard {
  name: string;
  app: string;
  /** Of the compiled code, the end of its path. */
  file: string;
  from: string;
  to: string;
  red: Red | { refusesToStart: string };
}

/** The cells of these callers that should say `verdict`: at these endpoints, else at all of the app. What writes had an effect, too. */
export interface Red {
  callers: readonly string[];
  verdict: Verdict;
  at?: readonly string[];
  /** There is nothing that it could have an effect on. */
  harmless?: true;
}

const editing = [
  'POST /v1/admin/products',
  'PATCH /v1/admin/products/{id}',
  'POST /v1/admin/products/import',
];
const stocking = ['POST /v1/admin/stock/opening', 'POST /v1/admin/stock/{productId}/adjustments'];
const customers = ['owner', 'other customer'];
const adminProducts = { app: 'catalog', file: 'catalog/dist/edit/admin-products.controller.js' };
const verifier = { app: 'inventory', file: 'service-kit/dist/auth/token-verifier.js' };
const { audience, issuer, expired, early } = brokenTokens;

export const removedGuards: readonly RemovedGuard[] = [
  {
    name: 'the gateway opens stock to customers',
    app: 'gateway',
    file: 'gateway/dist/stock/admin-stock.controller.js',
    from: "RequireScope('admin')",
    to: "RequireScope('orders')",
    red: { callers: customers, verdict: 403, at: stocking, harmless: true },
  },
  {
    name: 'a controller is opened to customers',
    ...adminProducts,
    from: "RequireScope('admin')",
    to: "RequireScope('orders')",
    red: { callers: customers, verdict: 403, at: editing },
  },
  {
    name: 'a controller forgets its rule',
    ...adminProducts,
    from: "RequireScope('admin'),",
    to: '',
    red: {
      refusesToStart: 'nobody said who may use AdminProductsController.create (POST /v1/admin/products)',
    },
  },
  {
    name: 'the guard does not look at scopes',
    app: 'inventory',
    file: 'service-kit/dist/auth/auth.guard.js',
    from: '!caller.isAdmin && !caller.scopes.has(scope)',
    to: 'false',
    red: { callers: [...customers, 'service', 'no scope'], verdict: 403 },
  },
  {
    name: 'nobody asks whose order it is',
    app: 'orders',
    file: 'orders/dist/read-orders/order-rows.js',
    from: 'order.customerId !== caller.id && !caller.isAdmin',
    to: 'false',
    red: { callers: ['other customer'], verdict: 404 },
  },
  {
    name: 'one query forgets whose order it is',
    app: 'orders',
    file: 'orders/dist/read-orders/order-rows.js',
    from: 'refuseStranger(row, caller);',
    to: '',
    red: { callers: ['other customer'], verdict: 404, at: ['GET /v1/orders/{id}'] },
  },
  {
    name: 'the audience is not checked',
    ...verifier,
    from: 'audience: this.#settings.AUTH_AUDIENCE,',
    to: '',
    red: { callers: [audience], verdict: 401 },
  },
  {
    name: 'the issuer is not checked',
    ...verifier,
    from: 'issuer: this.#settings.AUTH_ISSUER,',
    to: '',
    red: { callers: [issuer], verdict: 401 },
  },
  {
    name: 'a token’s time is not checked',
    ...verifier,
    from: 'clockTolerance: clockToleranceSeconds',
    to: 'clockTolerance: 1e6',
    red: { callers: [expired, early], verdict: 401 },
  },
  {
    name: 'signatures are not checked',
    ...verifier,
    from: 'await jwtVerify(token, this.#keys,',
    to: "((first) => first)({ payload: JSON.parse(Buffer.from(token.split('.')[1], 'base64url')) },",
    red: { callers: Object.values(brokenTokens), verdict: 401 },
  },
  {
    name: 'webhooks are believed unsigned',
    app: 'payments',
    file: 'payments/dist/webhooks/signature.guard.js',
    from: 'canActivate(context) {',
    to: 'canActivate(context) { return true;',
    red: {
      callers: callers.map(({ name }) => name),
      verdict: 401,
      at: ['POST /v1/webhooks/psp', 'POST /v1/webhooks/stripe'],
      harmless: true,
    },
  },
];
