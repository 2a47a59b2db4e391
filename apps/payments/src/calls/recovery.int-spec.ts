import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AuthorisePayment, CancelPayment, CapturePayment, newId } from '@shop/contracts';
import { eventually } from '@shop/testing';
import { Reconcile } from '../reconcile/reconcile.ts';
import { amount, aDelivery, RunningPayments, startMs } from '../running-payments.fixture.ts';
import { CallRows } from './call-rows.ts';
import { CallWorker } from './call-worker.ts';

const payments = new RunningPayments();
const { psp } = payments;
beforeAll(() => payments.start(), startMs);
afterAll(() => payments.stop());

const idOf = async (orderId: string) =>
  (await payments.query<{ id: string }>('SELECT id FROM payments WHERE order_id = $1', [orderId]))[0]!.id;
const authorisedAtPsp = (orderId: string, key: string, token = 'tok_ok') =>
  psp.post('/v1/payments', { reference: orderId, amount, token }, key);

/** A payment whose authorisation a worker has claimed that is dead, or dies within `aliveMs`. */
async function claimedByTheDead(aliveMs = 0): Promise<{ orderId: string; paymentId: string }> {
  const [orderId, paymentId, worker] = [newId(), newId(), crypto.randomUUID()];
  await payments.query(`INSERT INTO psp_workers VALUES ($1, now() + $2 * interval '1 millisecond')`, [
    worker,
    aliveMs,
  ]);
  await payments.query(
    `INSERT INTO payments (id, order_id, state, amount, currency, token) VALUES ($1, $2, 'AUTHORISING', 1999, 'EUR', 'tok_ok')`,
    [paymentId, orderId],
  );
  await payments.query(
    `INSERT INTO psp_calls (payment_id, step, carrier, claimed_by) VALUES ($1, 'authorise', '{}', $2)`,
    [paymentId, worker],
  );
  return { orderId, paymentId };
}

describe('a call whose worker died', () => {
  it('is not made again when the provider had acted', async () => {
    const { orderId, paymentId } = await claimedByTheDead(300);
    await authorisedAtPsp(orderId, `${paymentId}:authorise`);
    await payments.replied(orderId, 'authorised');
    expect(await psp.book(orderId)).toMatchObject([
      { state: 'authorised', idempotencyKeys: [`${paymentId}:authorise`] },
    ]);
    await payments.send(CapturePayment, { orderId });
    await payments.replied(orderId, 'captured');
    expect(await psp.states(orderId)).toEqual(['captured']);
  });

  it('is made when the provider had not', async () => {
    const { orderId } = await claimedByTheDead();
    await payments.replied(orderId, 'authorised');
    expect(await psp.states(orderId)).toEqual(['authorised']);
  });

  it('is left alone as long as its worker lives', async () => {
    const { orderId } = await claimedByTheDead(4_000);
    await new Promise((resolve) => setTimeout(resolve, 800));
    expect(payments.repliesTo(orderId)).toEqual([]);
    await payments.replied(orderId, 'authorised');
  });
});

describe('a claim that was committed when the connection broke', () => {
  it('is found again by the worker that lives and never heard of it', async () => {
    const { orderId, paymentId } = await claimedByTheDead(60_000);
    const { claimant } = payments.service.app.get(CallWorker, { strict: false });
    await payments.query(
      `UPDATE psp_calls SET claimed_by = $2, updated_at = now() - interval '1 second' WHERE payment_id = $1`,
      [paymentId, claimant],
    );
    await payments.replied(orderId, 'authorised');
    expect(await psp.states(orderId)).toEqual(['authorised']);
  });
});

describe('two replicas', () => {
  it('take up each other’s calls without making one twice', async () => {
    const other = await payments.replica();
    const orders = Array.from({ length: 40 }, newId);
    await payments.carryOut(
      orders.map((orderId) => aDelivery(AuthorisePayment, { orderId, amount, token: 'tok_flaky' })),
      other,
    );
    // In the middle of it all.
    await other.close();
    for (const orderId of orders) await payments.replied(orderId, 'authorised');
    for (const orderId of orders) expect(await psp.states(orderId)).toEqual(['authorised']);
    for (const orderId of orders)
      expect(payments.repliesTo(orderId).filter((type) => type === 'authorised')).toHaveLength(1);
  });

  it('cancel what hangs at the other', async () => {
    const other = await payments.replica();
    const orderId = newId();
    await payments.carryOut([aDelivery(AuthorisePayment, { orderId, amount, token: 'tok_hang' })], other);
    await payments.carryOut([aDelivery(CancelPayment, { orderId })]);
    await payments.replied(orderId, 'voided');
    expect(payments.repliesTo(orderId)).toEqual(['voided']);
    expect(await psp.book(orderId)).toEqual([]);
    await other.close();
  });

  it('do not store what a worker reports that has lost its call', async () => {
    const orderId = newId();
    await payments.send(AuthorisePayment, { orderId, amount, token: 'tok_hang' });
    await payments.query('UPDATE psp_calls SET claimed_by = $2 WHERE payment_id = $1', [
      await idOf(orderId),
      crypto.randomUUID(),
    ]);
    await payments.query(`UPDATE psp_calls SET due_at = now() + interval '1 hour' WHERE payment_id = $1`, [
      await idOf(orderId),
    ]);
    // Longer than the attempt takes.
    await new Promise((resolve) => setTimeout(resolve, 4_000));
    expect(payments.repliesTo(orderId)).toEqual([]);
  });
});

describe('reconciliation', () => {
  it('finds out that an authorisation was voided behind our back', async () => {
    const orderId = newId();
    await payments.send(AuthorisePayment, { orderId, amount, token: 'tok_ok' });
    await payments.replied(orderId, 'authorised');
    await psp.post(`/v1/payments/by-key/${await idOf(orderId)}:authorise/cancel`);
    await payments.service.app.get(Reconcile, { strict: false }).run(0);
    await payments.replied(orderId, 'capture-failed');
    expect(await payments.stateOf(orderId)).toBe('VOIDED');
  });

  it('leaves an authorisation that is still good as it is, and does not ask again at once', async () => {
    const orderId = newId();
    await payments.send(AuthorisePayment, { orderId, amount, token: 'tok_ok' });
    await payments.replied(orderId, 'authorised');
    const reconcile = payments.service.app.get(Reconcile, { strict: false });
    await payments.query(
      `UPDATE payments SET updated_at = now() - interval '2 minutes' WHERE order_id = $1`,
      [orderId],
    );
    expect(await reconcile.run(60_000)).toBe(1);
    const calls = () =>
      payments.query(
        `SELECT c.step, c.state FROM psp_calls c JOIN payments p ON p.id = c.payment_id WHERE order_id = $1 ORDER BY c.id`,
        [orderId],
      );
    await eventually(async () =>
      expect(await calls()).toEqual([
        { step: 'authorise', state: 'done' },
        { step: 'query', state: 'done' },
      ]),
    );
    expect(await reconcile.run(60_000)).toBe(0);
    expect(payments.repliesTo(orderId)).toEqual(['authorised']);
  });

  it('makes the call that a payment waits for, should it ever be missing', async () => {
    const { orderId, paymentId } = await claimedByTheDead(60_000);
    await payments.query('DELETE FROM psp_calls WHERE payment_id = $1', [paymentId]);
    await payments.service.app.get(Reconcile, { strict: false }).run(0);
    await payments.replied(orderId, 'authorised');
  });
});

describe('an outcome that cannot be stored', () => {
  it('is asked for again, and the payment is charged once', async () => {
    const rows = payments.service.app.get(CallRows, { strict: false });
    const write = rows.write.bind(rows);
    const failed = new Promise<void>((resolve) => {
      rows.write = () => {
        rows.write = write;
        resolve();
        throw new Error('the database does not want to');
      };
    });
    const orderId = newId();
    await payments.send(AuthorisePayment, { orderId, amount, token: 'tok_ok' });
    await failed;
    expect(await psp.states(orderId)).toEqual(['authorised']);
    await payments.replied(orderId, 'authorised');
    expect(await psp.book(orderId)).toHaveLength(1);
  });
});
