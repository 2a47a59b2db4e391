import { newId } from '@shop/contracts';
import type { Payment, Scene } from '../scene.ts';
import type { Attempt, Trials } from './sample.ts';

/** Of the payment provider's own; see apps/psp-sandbox. */
const shared = (scene: Scene) => scene.stateOf(scene.payment);

const change = (operation: string, make: (scene: Scene) => Promise<Payment>) => ({
  sample: async ({ scene, letIn }: Attempt) => ({
    path: `/v1/payments/${(letIn ? await make(scene) : scene.payment).id}/${operation}`,
  }),
  untouched: shared,
});

export const provider: Trials = {
  'GET /v1/payments': { sample: () => ({ path: '/v1/payments?limit=1' }) },
  'POST /v1/payments': {
    sample: ({ scene }) => ({
      path: '/v1/payments',
      body: { reference: newId(), amount: { amount: 1, currency: 'EUR' }, token: 'tok_ok' },
      headers: { 'idempotency-key': scene.category },
    }),
    untouched: (scene) => scene.stateOf({ id: '', key: scene.category }),
  },
  'POST /v1/payments/{id}/capture': change('capture', (scene) => scene.authorised()),
  'POST /v1/payments/{id}/void': change('void', (scene) => scene.authorised()),
  'POST /v1/payments/{id}/refund': change('refund', (scene) => scene.captured()),
  'GET /v1/payments/by-key/{key}': {
    sample: ({ scene }) => ({ path: `/v1/payments/by-key/${scene.payment.key}` }),
  },
  'POST /v1/payments/by-key/{key}/cancel': {
    sample: async ({ scene, letIn }) => ({
      path: `/v1/payments/by-key/${(letIn ? await scene.authorised() : scene.payment).key}/cancel`,
    }),
    untouched: shared,
  },
  'POST /v1/sandbox/faults': {
    sample: () => ({ path: '/v1/sandbox/faults', body: {} }),
    // An empty body makes the provider well, which it is.
    untouched: shared,
  },
};
