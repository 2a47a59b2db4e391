import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { newId } from '@shop/contracts';
import { RunningGateway } from '../running-gateway.fixture.ts';
import { json } from '../stand-in.fixture.ts';

describe('adjusting stock', () => {
  const gateway = new RunningGateway();
  const known = newId();
  beforeAll(async () => {
    await gateway.start();
    gateway.catalog.answering = ({ path }, response) =>
      path.endsWith(known)
        ? json(response, 200, { id: known })
        : json(response, 404, { code: 'product/not-found', instance: path });
    gateway.inventory.answering = (_, response) =>
      json(response, 200, { productId: known, onHand: 5, reserved: 0, available: 5 });
  });
  afterAll(() => gateway.stop());
  beforeEach(() => void (gateway.inventory.seen.length = 0));

  const adjust = (id: string) =>
    gateway.fetch(`/v1/admin/stock/${id}/adjustments`, {
      as: 'admin',
      method: 'POST',
      body: JSON.stringify({ delta: 5, reason: 'delivery' }),
      headers: { 'idempotency-key': 'k1' },
    });

  it('of a product is left to inventory', async () => {
    const answer = await adjust(known);
    expect(answer.status).toBe(200);
    expect(await answer.json()).toMatchObject({ onHand: 5 });
    expect(gateway.inventory.last).toMatchObject({ method: 'POST', headers: { 'idempotency-key': 'k1' } });
  });

  it('of a product that the catalogue does not know is refused', async () => {
    const id = newId();
    const answer = await adjust(id);
    expect(answer.status).toBe(404);
    expect(await answer.json()).toMatchObject({
      code: 'product/not-found',
      instance: `/v1/admin/stock/${id}/adjustments`,
    });
    expect(gateway.inventory.seen).toEqual([]);
  });

  it('waits for nobody to guess: without the catalogue it is a 503', async () => {
    gateway.catalog.answering = (_, response) => json(response, 503, {});
    expect((await adjust(known)).status).toBe(503);
    expect(gateway.inventory.seen).toEqual([]);
  });
});
