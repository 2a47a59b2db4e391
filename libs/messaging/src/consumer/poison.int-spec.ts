import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@shop/contracts';
import { currentTraceId } from '@shop/tracing';
import { eventually } from '@shop/testing';
import { listDeadLetters, showDeadLetter } from '../dead-letters.ts';
import { PermanentError } from '../errors.ts';
import {
  effects,
  envelope,
  ready,
  recorders,
  type Replica,
  vocabulary,
  type World,
  world,
} from '../messaging.fixture.ts';

const trace = '0af7651916cd43dd8448eb211c80319c';
const traceparent = `00-${trace}-b7ad6b7169203331-01`;

describe.each(['Single', 'Batch'] as const)('a poisonous message among good ones (%s)', (kind) => {
  const words = vocabulary();
  let stage: World;
  let replica: Replica;
  const consumer = recorders(words);
  beforeAll(async () => {
    stage = await world(words, { partitions: 1 });
    replica = await stage.replica({ consumers: [consumer[kind]] });
    await eventually(() => ready(replica));
  });
  afterAll(() => stage[Symbol.asyncDispose]());

  it('is parked with its reason, origin and trace, and its neighbours take effect once and in order', async () => {
    const refuse = (n: number) => {
      if (n === 13) throw new PermanentError('thirteen is unlucky, Bearer abc.def', { code: 'spec/unlucky' });
    };
    consumer.script.single = ({ n }) => refuse(n);
    consumer.script.batch = (deliveries) =>
      deliveries.forEach(({ payload }) => refuse((payload as { n: number }).n));
    const id = newId();
    const good = (n: number) => envelope(words.Counted, { key: 'a', n });
    const bad = envelope(
      words.Counted,
      { key: 'a', n: 13 },
      { ce_id: id, traceparent, 'x-extra': Buffer.from([0xff, 0x00]) },
    );
    await stage.send(good(11), good(12), bad, good(14), good(15));

    await eventually(async () =>
      expect((await effects(replica.database)).map(({ n }) => n)).toEqual([11, 12, 14, 15]),
    );
    const [letter] = await eventually(async () => {
      const letters = await listDeadLetters(stage.brokers, { group: words.group });
      expect(letters).toHaveLength(1);
      return letters;
    });
    expect(letter).toEqual({
      id: `${words.topic}-0-2`,
      topic: `${words.topic}.${words.group}.dlt`,
      group: words.group,
      reason: 'spec/unlucky',
      error: 'PermanentError: thirteen is unlucky, Bearer [redacted]',
      at: expect.stringMatching(/^\d{4}-.*Z$/),
      attempts: 1,
      origin: { topic: words.topic, partition: 0, offset: 2 },
      key: 'a',
      messageId: id,
      type: 'spec.counted.v1',
      traceId: trace,
    });
    const open = await showDeadLetter(stage.brokers, id);
    expect(String(open?.body)).toBe(bad.value);
    expect(open?.headers).toMatchObject({
      traceparent: Buffer.from(traceparent),
      'x-extra': Buffer.from([0xff, 0x00]),
    });
  });

  it('leaves the handlers of the others in the traces of their messages', async () => {
    const traces: string[] = [];
    consumer.script.single = () => traces.push(currentTraceId());
    consumer.script.batch = (deliveries) => traces.push(...deliveries.map(({ traceId }) => traceId));
    await stage.send(envelope(words.Counted, { key: 'b', n: 1 }, { traceparent }));
    await eventually(() => expect(traces).toEqual([trace]));
  });
});
