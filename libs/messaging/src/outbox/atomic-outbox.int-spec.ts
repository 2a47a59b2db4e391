import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '@shop/testing';
import {
  effects,
  outboxDepth,
  publish,
  ready,
  recorders,
  type Replica,
  vocabulary,
  type World,
  world,
} from '../messaging.fixture.ts';

const words = vocabulary();
const { Counted } = words;

describe('the outbox', () => {
  let stage: World;
  let replica: Replica;
  beforeAll(async () => {
    stage = await world(words);
    replica = await stage.replica({ consumers: [recorders(words).Single] });
    await eventually(() => ready(replica));
  });
  afterAll(() => stage[Symbol.asyncDispose]());

  it('publishes what a transaction published when it commits, and nothing when it rolls back', async () => {
    const { transactions, outbox, database } = replica;
    const rolledBack = transactions.run(async (tx) => {
      outbox.publish(tx, Counted, { key: 'a', n: 1 });
      throw new Error('changed my mind');
    });
    await expect(rolledBack).rejects.toThrow('changed my mind');
    await publish(replica, Counted, { key: 'a', n: 2 });
    await eventually(async () => expect((await effects(database)).map(({ n }) => n)).toEqual([2]));
    await eventually(async () => expect(await outboxDepth(database)).toBe(0));
  });

  it('takes a message that another hook publishes just before the commit', async () => {
    const { transactions, outbox, database } = replica;
    await transactions.run(async (tx) => {
      outbox.publish(tx, Counted, { key: 'b', n: 10 });
      tx.beforeCommit(async () => outbox.publish(tx, Counted, { key: 'b', n: 11 }));
    });
    await eventually(async () =>
      expect((await effects(database)).filter(({ key }) => key === 'b').map(({ n }) => n)).toEqual([10, 11]),
    );
  });

  it('refuses a payload that breaks the definition, and with it the transaction', async () => {
    const { transactions, outbox, database } = replica;
    const invalid = transactions.run(async (tx) => {
      await tx.query('INSERT INTO effects (key) VALUES ($1)', ['invalid']);
      outbox.publish(tx, Counted, { key: 'c' } as never);
    });
    await expect(invalid).rejects.toThrow(/expected number/);
    expect((await effects(database)).some(({ key }) => key === 'invalid')).toBe(false);
  });

  it('writes all messages of a transaction with one statement', async () => {
    const { transactions, outbox, database } = replica;
    await transactions.run(async (tx) => {
      for (let n = 100; n < 150; n++) outbox.publish(tx, Counted, { key: `many-${n % 5}`, n });
    });
    await eventually(async () =>
      expect((await effects(database)).filter(({ key }) => key.startsWith('many'))).toHaveLength(50),
    );
  });
});
