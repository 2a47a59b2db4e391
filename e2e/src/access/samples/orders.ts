import { type CustomerOrder, newId, type Order, type Page } from '@shop/contracts';
import type { Scene } from '../scene.ts';
import type { Trials } from './sample.ts';

const statusOf = async (scene: Scene, { id }: Order) =>
  (await scene.as<Order>('admin', 'GET', `/v1/orders/${id}`)).status;

const addressesOfOwner = async (scene: Scene) => {
  const path = `/v1/admin/customers/${scene.people.owner}/orders?limit=100`;
  const { items } = await scene.as<Page<CustomerOrder>>('admin', 'GET', path);
  return items.map(({ shippingAddress }) => shippingAddress);
};

export const orders: Trials = {
  'GET /v1/orders': { sample: () => ({ path: '/v1/orders' }) },
  'POST /v1/orders': {
    sample: ({ scene }) => ({ path: '/v1/orders', body: scene.orderBody('tok_ok') }),
    untouched: (scene) => scene.as('nobody', 'GET', '/v1/orders'),
  },
  'GET /v1/orders/{id}': { sample: ({ scene }) => ({ path: `/v1/orders/${scene.confirmed.id}` }) },
  'GET /v1/orders/{id}/timeline': {
    sample: ({ scene }) => ({ path: `/v1/orders/${scene.confirmed.id}/timeline` }),
  },
  'POST /v1/orders/{id}/cancel': {
    sample: async ({ scene, letIn }) => ({
      path: `/v1/orders/${(letIn ? await scene.order('tok_hang') : scene.pending).id}/cancel`,
    }),
    untouched: (scene) => statusOf(scene, scene.pending),
  },
  'POST /v1/admin/orders/{id}/refund': {
    sample: ({ scene }) => ({ path: `/v1/admin/orders/${scene.confirmed.id}/refund` }),
    untouched: (scene) => statusOf(scene, scene.confirmed),
  },
  'GET /v1/admin/audit/{service}': { sample: () => ({ path: '/v1/admin/audit/orders?limit=1' }) },
  'GET /v1/admin/audit/catalog': { sample: () => ({ path: '/v1/admin/audit/catalog?limit=1' }) },
  'GET /v1/admin/audit/inventory': { sample: () => ({ path: '/v1/admin/audit/inventory?limit=1' }) },
  'GET /v1/admin/audit/orders': { sample: () => ({ path: '/v1/admin/audit/orders?limit=1' }) },
  'GET /v1/admin/customers/{customerId}/orders': {
    sample: ({ scene }) => ({ path: `/v1/admin/customers/${scene.people.owner}/orders` }),
  },
  'POST /v1/admin/customers/{customerId}/erasure': {
    sample: ({ scene, letIn }) => ({
      path: `/v1/admin/customers/${letIn ? newId() : scene.people.owner}/erasure`,
    }),
    untouched: addressesOfOwner,
  },
  'GET /v1/payments/{orderId}': { sample: ({ scene }) => ({ path: `/v1/payments/${scene.confirmed.id}` }) },
  'POST /v1/webhooks/psp': {
    sample: ({ scene }) => ({
      path: '/v1/webhooks/psp',
      body: { events: [{ id: newId(), payment: { reference: scene.confirmed.id } }] },
    }),
    // All that it does is to have the provider asked sooner.
    untouched: (scene) => statusOf(scene, scene.confirmed),
  },
  'POST /v1/webhooks/stripe': {
    sample: ({ scene }) => ({
      path: '/v1/webhooks/stripe',
      body: { id: newId(), data: { object: { metadata: { order_id: scene.confirmed.id } } } },
    }),
    untouched: (scene) => statusOf(scene, scene.confirmed),
  },
};
