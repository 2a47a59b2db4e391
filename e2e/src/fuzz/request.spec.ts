import { readFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type Document, type Operation, operationsOf } from './document.ts';
import { requestsTo } from './request.ts';

const file = new URL('../../../docs/api/openapi/gateway.json', import.meta.url);
const document = JSON.parse(readFileSync(file, 'utf8')) as Document;
const known = { products: ['p'], orders: ['o'] };
const operations = operationsOf(document).filter(({ security }) => security);

it.each(operations.map((operation) => [operation.operationId, operation] as const))(
  '%s is mostly called by who may',
  (_, operation) => {
    const callers = fc.sample(requestsTo(operation, document, known), { numRuns: 60, seed: 1 });
    const right = operation['x-access'].scope === 'admin' ? 'admin' : 'customer';
    expect(callers.filter(({ as }) => as === right).length).toBeGreaterThan(40);
  },
);

it('what is put into a path makes no other path', () => {
  const things: Operation = {
    ...operations[0]!,
    path: '/things/{id}/parts',
    parameters: [{ name: 'id', in: 'path', schema: { enum: ['', '.', '..', 'x'] } }],
  };
  for (const { path } of fc.sample(requestsTo(things, document, known), { numRuns: 100, seed: 1 }))
    expect(new URL(path, 'http://shop').pathname).toMatch(/^\/things\/[^/]+\/parts$/);
});
