import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '@shop/testing';
import type { MessageHeaders, OutgoingMessage } from '../broker/port.ts';
import { listDeadLetters, showDeadLetter } from '../dead-letters.ts';
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

const words = vocabulary();
const { Counted, Ignored } = words;
const body = { key: 'a', n: 1 };

const without = (name: string): Omit<OutgoingMessage, 'topic'> => {
  const message = envelope(Counted, body);
  const headers: MessageHeaders = { ...message.headers };
  delete headers[name];
  return { ...message, headers };
};

const faults: Record<string, [Omit<OutgoingMessage, 'topic'>, reason: string]> = {
  'a body that is not JSON': [{ ...envelope(Counted, body), value: '{"key":' }, 'message/undecodable'],
  'a body that is not UTF-8': [
    { ...envelope(Counted, body), value: Buffer.from([0x22, 0xff, 0x22]) },
    'message/undecodable',
  ],
  'an empty body': [{ ...envelope(Counted, body), value: '' }, 'message/undecodable'],
  'a body that breaks its schema': [envelope(Counted, { key: 'a', n: 'secret' }), 'message/invalid'],
  'no body': [{ ...envelope(Counted, body), value: null }, 'message/tombstone'],
  'an unknown type': [envelope({ ...Counted, type: 'spec.unheard-of.v1' }, body), 'message/unknown-type'],
  'an unknown version': [envelope({ ...Counted, type: 'spec.counted.v9' }, body), 'message/unknown-version'],
  'no type': [without('ce_type'), 'message/missing-header'],
  'no id': [without('ce_id'), 'message/missing-header'],
  'no source': [without('ce_source'), 'message/missing-header'],
  'no CloudEvents version': [without('ce_specversion'), 'message/missing-header'],
  'an id that is no UUID': [envelope(Counted, body, { ce_id: '42' }), 'message/invalid-header'],
  'no headers at all': [{ key: null, value: 'hello', headers: {} }, 'message/missing-header'],
};

describe('messages that cannot be read', () => {
  let stage: World;
  let replica: Replica;
  beforeAll(async () => {
    stage = await world(words, { partitions: 1 });
    replica = await stage.replica({ consumers: [recorders(words).Single] });
    await eventually(() => ready(replica));
  });
  afterAll(() => stage[Symbol.asyncDispose]());

  it('are parked with their reason and every byte, and stop nobody; known types without a handler are skipped', async () => {
    const list = Object.values(faults);
    const skipped = [envelope(Ignored, body), { ...envelope(Ignored, body), value: 'not even JSON' }];
    await stage.send(...list.map(([message]) => message), ...skipped, envelope(Counted, { key: 'a', n: 99 }));
    await eventually(async () => expect((await effects(replica.database)).map(({ n }) => n)).toEqual([99]));

    const letters = await listDeadLetters(stage.brokers, { group: words.group });
    const reasons = new Map(letters.map(({ origin, reason }) => [origin.offset, reason]));
    expect(Object.keys(faults).map((name, offset) => [name, reasons.get(offset)])).toEqual(
      Object.entries(faults).map(([name, [, reason]]) => [name, reason]),
    );
    expect(letters).toHaveLength(list.length);
    expect(letters.every(({ error }) => !error.includes('secret'))).toBe(true);

    for (const offset of [0, 1, 2, 4]) {
      const letter = await showDeadLetter(stage.brokers, `${words.topic}-0-${offset}`);
      const sent = list[offset]?.[0].value;
      expect(letter?.body).toEqual(sent === null ? null : Buffer.from(sent as string));
    }
  });
});
