import { describe, expect, it } from '@jest/globals';
import type { JsonObject } from '../json.ts';
import { apiChanges, type Change, given, taken } from './api.fixture.ts';
import type { RuleName } from './rules.ts';

const without = (list: string[], name: string) => list.splice(list.indexOf(name), 1);

describe('the gate for what requests and answers hold', () => {
  it.each<[string, Change, RuleName, string, string]>([
    [
      'a new required field of a request',
      (d) => Object.assign(taken(d).properties, { colour: {} }) && taken(d).required.push('colour'),
      'request-missing',
      'PUT /things/{id}, body/colour',
      'was not there, is required',
    ],
    [
      'a field of a request that becomes required',
      (d) => taken(d).required.push('size'),
      'request-missing',
      'PUT /things/{id}, body/size',
      'was optional, is required',
    ],
    [
      'a removed field of a request',
      (d) => delete (taken(d).properties as JsonObject)['size'],
      'request-removed',
      'PUT /things/{id}, body/size',
      'was there, is not there',
    ],
    [
      'a narrower type of a request',
      (d) => (taken(d).properties['count'] = { type: 'integer' }),
      'request-type',
      'PUT /things/{id}, body/count',
      'was number, is integer',
    ],
    [
      'null that is no longer taken',
      (d) => (taken(d).properties['size'] = { type: 'integer', minimum: 1 }),
      'request-null',
      'PUT /things/{id}, body/size',
      'was null, is never null',
    ],
    [
      'a removed value of a request',
      (d) => (taken(d).properties['state']!['enum'] = ['new']),
      'request-enum',
      'PUT /things/{id}, body/state',
      'was new, old, is new',
    ],
    [
      'a shorter maximum',
      (d) => (taken(d).properties['name']!['maxLength'] = 10),
      'request-bound',
      'PUT /things/{id}, body/name',
      'was maxLength 20, is maxLength 10',
    ],
    [
      'a new minimum',
      (d) => (taken(d).properties['name']!['minLength'] = 1),
      'request-bound',
      'PUT /things/{id}, body/name',
      'was no minLength, is minLength 1',
    ],
    [
      'a higher minimum',
      (d) => (taken(d).properties['size']!['minimum'] = 2),
      'request-bound',
      'PUT /things/{id}, body/size',
      'was minimum 1, is minimum 2',
    ],
    [
      'another pattern',
      (d) => (taken(d).properties['name']!['pattern'] = '^[a-f]*$'),
      'request-pattern',
      'PUT /things/{id}, body/name',
      'was pattern ^[a-z]*$, is pattern ^[a-f]*$',
    ],
    [
      'a step between numbers',
      (d) => (taken(d).properties['count']!['multipleOf'] = 5),
      'request-other',
      'PUT /things/{id}, body/count',
      'was no multipleOf, is multipleOf 5',
    ],
    [
      'an open object of a request that is closed',
      (d) => (taken(d).properties['labels']!['additionalProperties'] = false),
      'request-unknown',
      'PUT /things/{id}, body/labels/*',
      'was open, is closed',
    ],
    [
      'a type of the fields that have no name',
      (d) => (taken(d).properties['labels']!['additionalProperties'] = { type: 'string' }),
      'request-type',
      'PUT /things/{id}, body/labels/*',
      'was anything, is string',
    ],
    [
      'a limit of the names of fields',
      (d) => (taken(d).properties['labels']!['propertyNames'] = { maxLength: 5 }),
      'request-bound',
      'PUT /things/{id}, body/labels/* as a name',
      'was no maxLength, is maxLength 5',
    ],
    [
      'a removed field of an answer',
      (d) => without(given(d).required, 'id') && delete (given(d).properties as JsonObject)['id'],
      'answer-removed',
      'GET /things/{id}, answer 200/id',
      'was there, is not there',
    ],
    [
      'an answer’s field that becomes optional',
      (d) => without(given(d).required, 'id'),
      'answer-missing',
      'GET /things/{id}, answer 200/id',
      'was required, is optional',
    ],
    [
      'an answer’s field that becomes nullable',
      (d) => (given(d).properties['id'] = { type: ['string', 'null'] }),
      'answer-null',
      'GET /things/{id}, answer 200/id',
      'was never null, is null',
    ],
    [
      'an answer’s field of another type',
      (d) => (given(d).properties['id'] = { type: 'integer' }),
      'answer-type',
      'GET /things/{id}, answer 200/id',
      'was string, is integer',
    ],
    [
      'a new value of an answer',
      (d) => (given(d).properties['state']!['enum'] = ['new', 'old', 'lost']),
      'answer-enum',
      'GET /things/{id}, answer 200/state',
      'was new, old, is new, old, lost',
    ],
    [
      'an answer beyond its limit',
      (d) => (given(d).properties['note'] = { anyOf: [{ type: 'string', maxLength: 99 }, { type: 'null' }] }),
      'answer-bound',
      'GET /things/{id}, answer 200/note',
      'was maxLength 10, is maxLength 99',
    ],
  ])('finds %s', (_, change, rule, where, what) => {
    expect(apiChanges(change)).toContainEqual({ rule, document: 'things', where, what });
  });

  it.each<[string, Change]>([
    [
      'a new optional field of a request',
      (d) => ((taken(d).properties as JsonObject)['colour'] = { type: 'string' }),
    ],
    ['a field of a request that becomes optional', (d) => taken(d).required.pop()],
    [
      'a wider request',
      (d) => (taken(d).properties['name'] = { type: ['string', 'integer'], maxLength: 50 }),
    ],
    ['a lower minimum of a request', (d) => (taken(d).properties['size']!['minimum'] = 0)],
    ['a new value of a request', (d) => (taken(d).properties['state']!['enum'] = ['new', 'old', 'lost'])],
    ['a new field of an answer', (d) => ((given(d).properties as JsonObject)['colour'] = { type: 'string' })],
    [
      'an answer that is never null any more',
      (d) => (given(d).properties['size'] = { type: 'integer', minimum: 1 }),
    ],
    ['a removed value of an answer', (d) => (given(d).properties['state']!['enum'] = ['new'])],
    [
      'an answer with a closed object',
      (d) => (given(d).properties['about']!['additionalProperties'] = false),
    ],
    ['another description', (d) => (given(d).properties['id']!['description'] = 'Who it is')],
  ])('lets %s pass', (_, change) => {
    expect(apiChanges(change)).toEqual([]);
  });

  it.each<[string, JsonObject]>([
    ['allOf', { allOf: [{ type: 'string' }] }],
    ['not', { not: { type: 'string' } }],
    ['patternProperties', { patternProperties: { '^a': {} } }],
    ['type beside anyOf', { anyOf: [{ maxLength: 5 }], type: 'string' }],
  ])('stops at %s, which it does not understand', (strange, schema) => {
    expect(() => apiChanges((d) => (taken(d).properties['name'] = schema))).toThrow(
      `things, PUT /things/{id}, body/name: the gate does not understand ${strange}.`,
    );
  });
});
