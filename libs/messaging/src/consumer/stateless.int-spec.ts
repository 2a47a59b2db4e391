import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '@shop/testing';
import { listDeadLetters } from '../dead-letters.ts';
import type { MessageContext } from '../delivery.ts';
import { PermanentError } from '../errors.ts';
import { Consumer, Handles } from '../handles.ts';
import { envelope, ready, type Replica, vocabulary, type World, world } from '../messaging.fixture.ts';

const words = vocabulary();
const seen: number[] = [];
let failures = 0;

@Consumer()
class Mailer {
  @Handles(words.Counted)
  async counted({ n }: { key: string; n: number }, context: MessageContext) {
    if (n === 2 && failures++ < 4) throw new Error('the mail server is busy');
    if (n === 3) throw new PermanentError('no such address', { code: 'spec/no-address' });
    if (n === 4) expect(() => context.tx).toThrow('a stateless service has no transaction');
    seen.push(n);
  }
}

describe('a stateless service', () => {
  let stage: World;
  let replica: Replica;
  beforeAll(async () => {
    stage = await world(words, { partitions: 1 });
    replica = await stage.replica({ stateless: true, consumers: [Mailer] });
    await eventually(() => ready(replica));
  });
  afterAll(() => stage[Symbol.asyncDispose]());

  it('handles messages one by one without a transaction, retries and parks them like any other', async () => {
    await stage.send(...[1, 2, 3, 4].map((n) => envelope(words.Counted, { key: 'a', n })));
    await eventually(() => expect(seen.toSorted()).toEqual([1, 2, 4]));
    const letters = await listDeadLetters(stage.brokers, { group: words.group });
    expect(letters.map(({ reason }) => reason)).toEqual(['spec/no-address']);
    expect(await stage.database.query('SELECT FROM inbox')).toEqual([]);
  });
});
