import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Body, Controller, Get, Headers, Param, Post, Query } from '@nestjs/common';
import { ApiExcludeEndpoint, type OpenAPIObject } from '@nestjs/swagger';
import { z } from 'zod';
import { authModule } from '../auth/auth.module.ts';
import { Public, RequireScope } from '../auth/decorators.ts';
import { IdempotencyKeyHeader } from '../http/idempotency-key.ts';
import { serve } from '../serve.fixture.ts';
import { ApiAnswer } from './api-answer.ts';
import { ApiProblems } from './api-problems.ts';
import { openApi } from './open-api.ts';

const Price = z.strictObject({ amount: z.int() }).meta({ id: 'Price' });
const Thing = z.strictObject({ id: z.uuid(), price: Price.nullable() }).meta({ id: 'Thing' });
const ThingQuery = z
  .strictObject({ limit: z.coerce.number().int().min(1).default(20), text: z.string().optional() })
  .meta({ id: 'ThingQuery' });

const auth = { AUTH_ISSUER: 'http://issuer', AUTH_AUDIENCE: 'shop', AUTH_JWKS_URL: 'file:///nowhere' };

@Controller('things')
@RequireScope('admin')
@ApiProblems(429)
class Things {
  @Get()
  @Public()
  list(@Query({ schema: ThingQuery }) query: unknown) {
    return query;
  }

  @Get(':id')
  @RequireScope('orders', { owner: true })
  @ApiProblems(404)
  @ApiAnswer(200, 'The thing', Thing, { ETag: 'Of the thing' })
  @ApiAnswer(304, 'It has not changed')
  one(@Param('id', { schema: z.uuid() }) id: string, @Headers('if-none-match') _known: string) {
    return id;
  }

  @Post()
  @ApiProblems(409)
  @ApiProblems(413)
  make(@Body({ schema: Thing }) thing: unknown, @IdempotencyKeyHeader() _key: string) {
    return thing;
  }
}

@Controller('hidden')
@RequireScope('admin')
class Hidden {
  @Get()
  @ApiExcludeEndpoint()
  get() {
    return {};
  }
}

class Ancestor {
  @Get()
  get() {
    return {};
  }
}

@Controller('heir')
@RequireScope('admin')
class Heir extends Ancestor {}

describe('the OpenAPI document', () => {
  let document: OpenAPIObject;
  let service: Awaited<ReturnType<typeof serve>>;
  beforeAll(async () => {
    service = await serve([Things], { imports: [authModule(auth)] });
    openApi(service.app, { title: 'Things', version: '1' });
    document = openApi(service.app, { title: 'Things', version: '1' });
  });
  afterAll(() => service.close());

  it('is OpenAPI 3.1 and holds the app’s routes, not the operational ones', () => {
    expect(document).toMatchObject({ openapi: '3.1.0', info: { title: 'Things', version: '1' } });
    expect(Object.keys(document.paths)).toEqual(['/things', '/things/{id}']);
  });

  it('names the schemas that have an id, once, and refers to them', () => {
    expect(Object.keys(document.components!.schemas!).sort()).toEqual(['Price', 'Problem', 'Thing']);
    expect(document.paths['/things']!.post!.requestBody).toMatchObject({
      required: true,
      content: { 'application/json': { schema: { $ref: '#/components/schemas/Thing' } } },
    });
    expect(document.components!.schemas!['Thing']).toEqual({
      type: 'object',
      properties: {
        id: { type: 'string', format: 'uuid' },
        price: { anyOf: [{ $ref: '#/components/schemas/Price' }, { type: 'null' }] },
      },
      required: ['id', 'price'],
      additionalProperties: false,
    });
    expect(document.components!.schemas!['Price']).toMatchObject({
      properties: { amount: { type: 'integer' } },
    });
  });

  it('splits a query into its parameters', () => {
    expect(document.paths['/things']!.get!.parameters).toEqual([
      { name: 'limit', in: 'query', required: false, schema: { type: 'integer', minimum: 1, default: 20 } },
      { name: 'text', in: 'query', required: false, schema: { type: 'string' } },
    ]);
  });

  it('tells the good answers, with their headers', () => {
    const { responses } = document.paths['/things/{id}']!.get!;
    expect(responses!['200']).toMatchObject({
      description: 'The thing',
      headers: { ETag: { description: 'Of the thing' }, 'X-Trace-Id': {} },
      content: { 'application/json': { schema: { $ref: '#/components/schemas/Thing' } } },
    });
    expect(responses!['304']).not.toHaveProperty('content');
  });

  it('finds the headers that a route reads', () => {
    const read = ({ parameters = [] }: { parameters?: object[] }) =>
      parameters.filter((parameter) => 'in' in parameter && parameter.in === 'header');
    expect(read(document.paths['/things']!.post!)).toEqual([
      expect.objectContaining({ name: 'Idempotency-Key', required: true }),
    ]);
    expect(read(document.paths['/things/{id}']!.get!)).toEqual([
      expect.objectContaining({ name: 'if-none-match', required: false }),
    ]);
  });

  it('has a bearer token on every route that is not public', () => {
    expect(document.components!.securitySchemes).toMatchObject({
      bearer: { type: 'http', scheme: 'bearer' },
    });
    expect(document.paths['/things']!.get!.security).toBeUndefined();
    expect(document.paths['/things']!.post!.security).toEqual([{ bearer: [] }]);
  });

  it('shows who may use each route', () => {
    const shown = Object.values(document.paths).flatMap((methods) =>
      Object.values(methods).map((operation) => operation['x-access'] as unknown),
    );
    expect(shown).toEqual([{ who: 'anyone' }, { scope: 'admin' }, { scope: 'orders', owner: true }]);
  });

  it.each([
    ['is left out of it, but not open to anyone', Hidden, 'Hidden.get is left out'],
    ['does not tell its rule in it', Heir, 'GET /heir has no x-access'],
  ])('is not made with a route that %s', async (_, controller, why) => {
    const faulty = await serve([controller], { imports: [authModule(auth)] });
    expect(() => openApi(faulty.app, { title: 'Things', version: '1' })).toThrow(why);
    await faulty.close();
  });

  it('tells which problems a route answers, its own and those of all', () => {
    const statuses = (path: string, method: 'get' | 'post') =>
      Object.keys(document.paths[path]![method]!.responses!);
    expect(statuses('/things', 'get')).toEqual(expect.arrayContaining(['429', '500']));
    expect(statuses('/things', 'get')).not.toContain('401');
    expect(statuses('/things/{id}', 'get')).toEqual([
      '200',
      '304',
      '400',
      '401',
      '403',
      '404',
      '429',
      '500',
      '503',
    ]);
    expect(statuses('/things', 'post')).toEqual(
      expect.arrayContaining(['400', '401', '403', '409', '413', '415', '422', '429', '500', '503']),
    );
    expect(document.paths['/things']!.post!.responses!['409']).toEqual({
      description: 'Conflict',
      content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
    });
  });
});
