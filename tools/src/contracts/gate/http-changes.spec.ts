import { describe, expect, it } from '@jest/globals';
import type { JsonObject } from '../json.ts';
import { type Api, apiChanges, type Change, taken } from './api.fixture.ts';
import type { RuleName } from './rules.ts';

const get = (document: Api) => document.paths['/things/{id}'].get;
const put = (document: Api) => document.paths['/things/{id}'].put;
const answers = (document: Api) => get(document)['responses'] as Record<string, JsonObject>;
const parameters = (document: Api) => get(document)['parameters'] as JsonObject[];
const parameter = (required: boolean) => ({
  name: 'colour',
  in: 'query',
  required,
  schema: { type: 'string' },
});

describe('the gate for endpoints', () => {
  it.each<[string, Change, RuleName, string, string]>([
    [
      'a removed path',
      (d) => delete (d.paths as JsonObject)['/things/{id}'],
      'endpoint-removed',
      'GET /things/{id}',
      'is not there any more',
    ],
    [
      'a removed method',
      (d) => delete (d.paths['/things/{id}'] as JsonObject)['put'],
      'endpoint-removed',
      'PUT /things/{id}',
      'is not there any more',
    ],
    [
      'a removed good answer',
      (d) => delete answers(d)['304'],
      'good-answer-removed',
      'GET /things/{id}, answer 304',
      'is not there any more',
    ],
    [
      'a removed header of an answer',
      (d) => delete (answers(d)['200']!['headers'] as JsonObject)['ETag'],
      'answer-header-removed',
      'GET /things/{id}, answer 200',
      'etag is not there any more',
    ],
    [
      'a removed media type',
      (d) => (answers(d)['200']!['content'] = { 'text/plain': {} }),
      'media-removed',
      'GET /things/{id}, answer 200',
      'application/json is not there any more',
    ],
    [
      'fewer who may call',
      (d) => (put(d)['x-access'] = { scope: 'admin' }),
      'access-narrowed',
      'PUT /things/{id}',
      'was {"scope":"orders"}, is {"scope":"admin"}',
    ],
    [
      'a token where none was needed',
      (d) => (get(d)['security'] = [{ bearer: [] }]),
      'access-narrowed',
      'GET /things/{id}',
      'was {"who":"anyone"}, is {"token":true}',
    ],
    [
      'a new required parameter',
      (d) => parameters(d).push(parameter(true)),
      'parameter-required',
      'GET /things/{id}, query colour',
      'is new and required',
    ],
    [
      'a header that becomes required',
      (d) => (parameters(d)[2]!['required'] = true),
      'parameter-required',
      'GET /things/{id}, header if-none-match',
      'was optional, is required',
    ],
    [
      'a removed parameter',
      (d) => parameters(d).splice(1, 1),
      'parameter-removed',
      'GET /things/{id}, query limit',
      'is not there any more',
    ],
    [
      'a tighter parameter',
      (d) => (parameters(d)[1]!['schema'] = { type: 'integer', maximum: 50 }),
      'request-bound',
      'GET /things/{id}, query limit',
      'was maximum 100, is maximum 50',
    ],
    [
      'another type of a path parameter',
      (d) => (parameters(d)[0]!['schema'] = { type: 'integer' }),
      'request-type',
      'GET /things/{id}, path parameter 1',
      'was string, is integer',
    ],
    [
      'a new required body',
      (d) => (get(d)['requestBody'] = { required: true }),
      'body-required',
      'GET /things/{id}, body',
      'is new and required',
    ],
  ])('finds %s', (_, change, rule, where, what) => {
    expect(apiChanges(change)).toContainEqual({ rule, document: 'things', where, what });
  });

  it.each<[string, Change]>([
    ['nothing', () => {}],
    ['a new endpoint', (d) => ((d.paths as JsonObject)['/others'] = { get: { responses: {} } })],
    [
      'another name of a path parameter',
      (d) => {
        (d.paths as JsonObject)['/things/{thingId}'] = d.paths['/things/{id}'];
        delete (d.paths as JsonObject)['/things/{id}'];
        parameters({
          paths: { '/things/{id}': (d.paths as JsonObject)['/things/{thingId}'] },
        } as unknown as Api)[0]!['name'] = 'thingId';
      },
    ],
    ['a refusal that no longer happens', (d) => delete answers(d)['404']],
    ['more who may call', (d) => (put(d)['x-access'] = { who: 'anyone' })],
    ['a new optional parameter', (d) => parameters(d).push(parameter(false))],
  ])('lets %s pass', (_, change) => {
    expect(apiChanges(change)).toEqual([]);
  });

  it('shows all findings, not the first', () => {
    const found = apiChanges((document) => {
      delete answers(document)['304'];
      taken(document).required.push('size', 'state');
    });
    expect(found.map(({ rule }) => rule).sort()).toEqual([
      'good-answer-removed',
      'request-missing',
      'request-missing',
    ]);
  });
});
