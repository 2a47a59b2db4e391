import { newId, type Product } from '@shop/contracts';
import { type Scene, send } from '../scene.ts';
import type { Attempt, Trials } from './sample.ts';

const products = (scene: Scene) =>
  scene.as<{ items: Product[] }>('admin', 'GET', `/v1/products?limit=100&category=${scene.category}`);
const shelf = (scene: Scene) => scene.as<Product>('admin', 'GET', `/v1/products/${scene.shelf.id}`);

/** Each app has an ETag of its own for a product (ADR 13). */
async function etag({ scene, operation }: Attempt): Promise<string> {
  const url = `${scene.target.urls[operation.app]}/v1/products/${scene.shelf.id}`;
  return (await send({ method: 'GET', url })).headers.get('etag') ?? '';
}

export const catalogue: Trials = {
  'GET /v1/products': { sample: () => ({ path: '/v1/products?limit=1' }) },
  'GET /v1/products/batch': { sample: ({ scene }) => ({ path: `/v1/products/batch?ids=${scene.shelf.id}` }) },
  'GET /v1/products/{id}': { sample: ({ scene }) => ({ path: `/v1/products/${scene.shelf.id}` }) },
  'GET /v1/categories': { sample: () => ({ path: '/v1/categories' }) },
  'POST /v1/admin/products': {
    sample: ({ scene }) => ({ path: '/v1/admin/products', body: scene.newProduct() }),
    untouched: products,
  },
  'PATCH /v1/admin/products/{id}': {
    sample: async (attempt) => ({
      path: `/v1/admin/products/${attempt.scene.shelf.id}`,
      body: { description: newId() },
      headers: { 'if-match': await etag(attempt) },
    }),
    untouched: shelf,
  },
  'POST /v1/admin/products/import': {
    sample: ({ scene }) => ({ path: '/v1/admin/products/import', body: { items: [scene.newProduct()] } }),
    untouched: products,
  },
  'GET /v1/stock': { sample: ({ scene }) => ({ path: `/v1/stock?ids=${scene.shelf.id}` }) },
  'POST /v1/admin/stock/{productId}/adjustments': {
    sample: ({ scene }) => ({
      path: `/v1/admin/stock/${scene.shelf.id}/adjustments`,
      body: { delta: 1, reason: 'access' },
    }),
    untouched: shelf,
  },
  'POST /v1/admin/stock/opening': {
    sample: async ({ scene, letIn }) => ({
      path: '/v1/admin/stock/opening',
      body: { items: [{ productId: letIn ? newId() : scene.unopened.id, quantity: 1 }] },
    }),
    untouched: (scene) => scene.as<Product>('admin', 'GET', `/v1/products/${scene.unopened.id}`),
  },
};
