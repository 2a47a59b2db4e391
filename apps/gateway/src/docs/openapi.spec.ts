import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { RunningGateway } from '../running-gateway.fixture.ts';

interface Operation {
  operationId: string;
  parameters?: { name: string; in: string; required?: boolean }[];
  requestBody?: { required?: boolean; content: Record<string, { schema: { $ref?: string } }> };
  responses: Record<string, { content?: Record<string, { schema: { $ref?: string } }> }>;
  security?: Record<string, string[]>[];
}
interface Document {
  openapi: string;
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, unknown>; securitySchemes: Record<string, unknown> };
}

const anyone = 'anyone';
const endpoints: [
  method: string,
  path: string,
  who: string,
  status: string,
  answer: string,
  parameters: string[],
  body: string | undefined,
][] = [
  [
    'get',
    '/v1/products',
    anyone,
    '200',
    'ProductPage',
    ['query', 'category', 'minPrice', 'maxPrice', 'sort', 'limit', 'cursor'],
    undefined,
  ],
  ['get', '/v1/products/{id}', anyone, '200', 'Product', ['id', 'If-None-Match'], undefined],
  ['get', '/v1/categories', anyone, '200', 'CategoryList', [], undefined],
  ['post', '/v1/orders', 'customer', '202', 'Order', ['Idempotency-Key'], 'PlaceOrder'],
  ['get', '/v1/orders', 'customer', '200', 'OrderPage', ['status', 'limit', 'cursor'], undefined],
  ['get', '/v1/orders/{id}', 'customer', '200', 'Order', ['id'], undefined],
  ['get', '/v1/orders/{id}/timeline', 'customer', '200', 'Timeline', ['id', 'Last-Event-ID'], undefined],
  ['post', '/v1/orders/{id}/cancel', 'customer', '202', 'Order', ['id', 'Idempotency-Key'], undefined],
  ['post', '/v1/admin/products', 'admin', '201', 'Product', [], 'NewProduct'],
  ['patch', '/v1/admin/products/{id}', 'admin', '200', 'Product', ['id', 'If-Match'], 'ProductPatch'],
  ['post', '/v1/admin/products/import', 'admin', '200', 'ProductImportResult', [], 'ProductImport'],
  [
    'post',
    '/v1/admin/stock/{productId}/adjustments',
    'admin',
    '200',
    'StockLevel',
    ['productId', 'Idempotency-Key'],
    'StockAdjustment',
  ],
  ['post', '/v1/admin/stock/opening', 'admin', '200', 'StockLevels', [], 'OpeningStock'],
  [
    'get',
    '/v1/admin/audit/{service}',
    'admin',
    '200',
    'AuditPage',
    ['service', 'subject', 'limit', 'cursor'],
    undefined,
  ],
  ['post', '/v1/admin/orders/{id}/refund', 'admin', '202', 'Order', ['id', 'Idempotency-Key'], undefined],
  [
    'get',
    '/v1/admin/customers/{customerId}/orders',
    'admin',
    '200',
    'CustomerOrderPage',
    ['customerId', 'limit', 'cursor'],
    undefined,
  ],
  ['post', '/v1/admin/customers/{customerId}/erasure', 'admin', '200', 'Erasure', ['customerId'], undefined],
  ['get', '/v1/payments/{orderId}', 'admin', '200', 'PaymentWithLedger', ['orderId'], undefined],
];
const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });

describe('the API document', () => {
  const gateway = new RunningGateway();
  let document: Document;
  beforeAll(async () => {
    await gateway.start();
    document = (await (await gateway.fetch('/openapi.json')).json()) as Document;
  });
  afterAll(() => gateway.stop());

  it('is OpenAPI 3.1 with exactly the public endpoints', () => {
    expect(document.openapi).toMatch(/^3\.1\./);
    const described = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method} ${path}`),
    );
    expect(described.sort()).toEqual(endpoints.map(([method, path]) => `${method} ${path}`).sort());
  });

  it.each(endpoints)('describes %s %s for %s', (method, path, who, status, answer, parameters, body) => {
    const operation = document.paths[path]![method]!;
    expect(operation.parameters?.map(({ name }) => name) ?? []).toEqual(expect.arrayContaining(parameters));
    expect(operation.responses[status]?.content?.['application/json']?.schema).toEqual(ref(answer));
    expect(operation.requestBody?.content['application/json']?.schema).toEqual(body && ref(body));
    expect(operation.security ?? []).toHaveLength(who === anyone ? 0 : 1);
    const problems = ['400', '429', '503', ...(who === anyone ? [] : ['401', '403'])];
    for (const problem of problems) {
      expect(operation.responses[problem]?.content?.['application/problem+json']?.schema).toEqual(
        ref('Problem'),
      );
    }
  });

  it('asks for every key and precondition', () => {
    const required = Object.values(document.paths)
      .flatMap((methods) => Object.values(methods))
      .flatMap((operation) => operation.parameters ?? [])
      .filter(({ name }) => ['Idempotency-Key', 'If-Match'].includes(name))
      .map((parameter) => parameter.required);
    expect(required).toEqual([true, true, true, true, true]);
  });

  it('names every operation once, and refers to nothing that it lacks', () => {
    const ids = Object.values(document.paths).flatMap((methods) =>
      Object.values(methods).map(({ operationId }) => operationId),
    );
    expect(new Set(ids).size).toBe(endpoints.length);
    const refs = JSON.stringify(document).matchAll(/"#\/components\/schemas\/([^"]+)"/g);
    for (const [, name] of refs) expect(Object.keys(document.components.schemas)).toContain(name);
  });

  it('has a page to read it on that needs nothing from elsewhere', async () => {
    const page = await gateway.fetch('/docs');
    expect(page.headers.get('content-type')).toMatch(/^text\/html/);
    const links = [...(await page.text()).matchAll(/(?:src|href)="([^"]+)"/g)].map(([, link]) => link!);
    expect(links).toHaveLength(4);
    for (const link of links) {
      expect(link).toMatch(/^\/docs\//);
      const asset = await gateway.fetch(link);
      expect([link, asset.status, (await asset.text()).length > 50]).toEqual([link, 200, true]);
    }
  });
});
