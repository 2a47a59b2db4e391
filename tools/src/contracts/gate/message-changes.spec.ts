import { describe, expect, it } from '@jest/globals';
import { defineMessage } from '@shop/contracts';
import { z } from 'zod';
import type { JsonObject } from '../json.ts';
import { type Messages, messages } from './api.fixture.ts';
import { messageChanges } from './message-changes.ts';
import { refusedSamples } from './released-samples.ts';
import type { RuleName } from './rules.ts';

type Change = (messages: Messages) => unknown;

const changes = (change: Change) => {
  const after = messages();
  change(after);
  return messageChanges(messages() as unknown as JsonObject, after as unknown as JsonObject);
};
const made = (document: Messages) => document.components.messages['thing-made.v1']!;
const payload = (document: Messages) =>
  made(document)['payload'] as { properties: Record<string, JsonObject>; required: string[] };
const headers = (document: Messages) => document.components.messageTraits.cloudEvent.headers;
const rename = (document: Messages) => {
  document.components.messages['thing-built.v1'] = made(document);
  delete document.components.messages['thing-made.v1'];
};

describe('the gate for messages', () => {
  it.each<[string, Change, RuleName, string, string]>([
    [
      'a removed message',
      (d) => delete d.components.messages['thing-made.v1'],
      'message-type-removed',
      'thing-made.v1',
      'is not there any more',
    ],
    ['another type name', rename, 'message-type-removed', 'thing-made.v1', 'is thing-built.v1 now'],
    [
      'another topic',
      (d) => (d.channels.things.address = 'shop.things.events.v2'),
      'topic-changed',
      'thing-made.v1',
      'was shop.things.events.v1, is shop.things.events.v2',
    ],
    [
      'another key',
      (d) => (made(d)['x-key'] = '/size'),
      'key-changed',
      'thing-made.v1',
      'was /thingId, is /size',
    ],
    [
      'another number of partitions',
      (d) => (d.channels.things.bindings.kafka.partitions = 12),
      'partitions-changed',
      'shop.things.events.v1',
      'was 6, is 12',
    ],
    [
      'a new required header',
      (d) => headers(d).required.push('ce_time'),
      'message-missing',
      'thing-made.v1, headers/ce_time',
      'was optional, is required',
    ],
    [
      'a removed header',
      (d) => delete headers(d).properties['ce_id'],
      'message-removed',
      'thing-made.v1, headers/ce_id',
      'was there, is not there',
    ],
    [
      'an edited sample',
      (d) => (made(d)['examples'] = [{ payload: { thingId: '2' } }]),
      'sample-edited',
      'thing-made.v1',
      'was {"thingId":"1"}, is {"thingId":"2"}',
    ],
    [
      'a removed field',
      (d) => delete payload(d).properties['note'],
      'message-removed',
      'thing-made.v1, payload/note',
      'was there, is not there',
    ],
    [
      'a new required field',
      (d) => Object.assign(payload(d).properties, { colour: {} }) && payload(d).required.push('colour'),
      'message-missing',
      'thing-made.v1, payload/colour',
      'was not there, is required',
    ],
    [
      'a field that becomes required',
      (d) => payload(d).required.push('note'),
      'message-missing',
      'thing-made.v1, payload/note',
      'was optional, is required',
    ],
    [
      'a field that becomes optional',
      (d) => payload(d).required.pop(),
      'message-missing',
      'thing-made.v1, payload/price',
      'was required, is optional',
    ],
    [
      'a narrower type',
      (d) => (payload(d).properties['thingId'] = { type: 'integer' }),
      'message-type',
      'thing-made.v1, payload/thingId',
      'was string, is integer',
    ],
    [
      'a field that becomes nullable',
      (d) => (payload(d).properties['size'] = { type: ['integer', 'null'], minimum: 1 }),
      'message-null',
      'thing-made.v1, payload/size',
      'was never null, is null',
    ],
    [
      'a new value',
      (d) => (payload(d).properties['state']!['enum'] = ['new', 'old', 'lost']),
      'message-enum',
      'thing-made.v1, payload/state',
      'was new, old, is new, old, lost',
    ],
    [
      'a removed value',
      (d) => (payload(d).properties['state']!['enum'] = ['new']),
      'message-enum',
      'thing-made.v1, payload/state',
      'was new, old, is new',
    ],
    [
      'a tighter limit',
      (d) => (payload(d).properties['size']!['minimum'] = 2),
      'message-bound',
      'thing-made.v1, payload/size',
      'was minimum 1, is minimum 2',
    ],
    [
      'a new field in an object that consumers read strictly',
      (d) => ((d.components.schemas.Money.properties as JsonObject)['tax'] = {}),
      'message-unknown',
      'thing-made.v1, payload/price/tax',
      'was not there, is there',
    ],
    [
      'an open object that is closed',
      (d) => (made(d)['payload'] = { ...payload(d), additionalProperties: false }),
      'message-unknown',
      'thing-made.v1, payload/*',
      'was open, is closed',
    ],
    [
      'a type of the fields that have no name',
      (d) => (made(d)['payload'] = { ...payload(d), additionalProperties: { type: 'string' } }),
      'message-type',
      'thing-made.v1, payload/*',
      'was anything, is string',
    ],
  ])('finds %s', (_, change, rule, where, what) => {
    expect(changes(change)).toContainEqual({ rule, document: 'messages', where, what });
  });

  it.each<[string, Change]>([
    ['nothing', () => {}],
    ['a new optional field', (d) => (payload(d).properties['colour'] = { type: 'string' })],
    ['a new message', (d) => (d.components.messages['thing-made.v2'] = made(messages()))],
    ['a new optional header', (d) => (headers(d).properties['ce_subject'] = {})],
    ['another description', (d) => (made(d)['description'] = 'A thing was made')],
    ['a closed object that is opened', (d) => (d.components.schemas.Money.additionalProperties = true)],
  ])('lets %s pass', (_, change) => {
    expect(changes(change)).toEqual([]);
  });

  it('sees the headers of every trait', () => {
    const twoTraits = messages();
    const traits = twoTraits.components.messageTraits as JsonObject;
    traits['trace'] = {
      headers: { type: 'object', required: ['traceparent'], properties: { traceparent: {} } },
    };
    (made(twoTraits)['traits'] as JsonObject[]).push({ $ref: '#/components/messageTraits/trace' });
    const after = structuredClone(twoTraits);
    delete headers(after).properties['ce_id'];
    headers(after).required = ['ce_time'];
    const found = messageChanges(twoTraits as unknown as JsonObject, after as unknown as JsonObject);
    expect(found.map(({ where, what }) => [where, what])).toEqual([
      ['thing-made.v1, headers/ce_time', 'was optional, is required'],
      ['thing-made.v1, headers/ce_id', 'was there, is not there'],
    ]);
  });

  it('holds released samples against what the code reads today', () => {
    const thingMade = defineMessage({
      type: 'thing-made.v1',
      topic: 'things',
      key: ({ thingId }) => thingId,
      schema: z.object({ thingId: z.string().refine((id) => id.length > 1, 'must be longer') }),
    });
    expect(refusedSamples(messages() as unknown as JsonObject, [thingMade])).toEqual([
      {
        rule: 'sample-refused',
        document: 'messages',
        where: 'thing-made.v1',
        what: '/thingId must be longer',
      },
    ]);
  });
});
