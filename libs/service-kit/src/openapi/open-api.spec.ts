import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiResponse, type OpenAPIObject } from '@nestjs/swagger';
import { z } from 'zod';
import { Public, RequireScope } from '../auth/decorators.ts';
import { serve } from '../serve.fixture.ts';
import { ApiProblems } from './api-problems.ts';
import { openApi } from './open-api.ts';

const Price = z.strictObject({ amount: z.int() }).meta({ id: 'Price' });
const Thing = z.strictObject({ id: z.uuid(), price: Price.nullable() }).meta({ id: 'Thing' });
const ThingQuery = z
  .strictObject({ limit: z.coerce.number().int().min(1).default(20), text: z.string().optional() })
  .meta({ id: 'ThingQuery' });

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
  @ApiProblems(404)
  @ApiResponse({ status: 200, description: 'The thing', standardSchema: Thing })
  one(@Param('id', { schema: z.uuid() }) id: string) {
    return id;
  }

  @Post()
  @ApiProblems(409)
  @ApiProblems(413)
  make(@Body({ schema: Thing }) thing: unknown) {
    return thing;
  }
}

describe('the OpenAPI document', () => {
  let document: OpenAPIObject;
  let service: Awaited<ReturnType<typeof serve>>;
  beforeAll(async () => {
    service = await serve([Things]);
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

  it('has a bearer token on every route that is not public', () => {
    expect(document.components!.securitySchemes).toMatchObject({
      bearer: { type: 'http', scheme: 'bearer' },
    });
    expect(document.paths['/things']!.get!.security).toBeUndefined();
    expect(document.paths['/things']!.post!.security).toEqual([{ bearer: [] }]);
  });

  it('tells which problems a route answers, its own and those of all', () => {
    const statuses = (path: string, method: 'get' | 'post') =>
      Object.keys(document.paths[path]![method]!.responses!);
    expect(statuses('/things', 'get')).toEqual(expect.arrayContaining(['429', '500']));
    expect(statuses('/things', 'get')).not.toContain('401');
    expect(statuses('/things/{id}', 'get')).toEqual(['200', '401', '403', '404', '429', '500']);
    expect(statuses('/things', 'post')).toEqual(
      expect.arrayContaining(['401', '403', '409', '413', '429', '500']),
    );
    expect(document.paths['/things']!.post!.responses!['409']).toEqual({
      description: 'Conflict',
      content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
    });
  });
});
