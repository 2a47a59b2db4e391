import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { z } from 'zod';
import { Public } from '../auth/decorators.ts';
import { json, serve } from '../serve.fixture.ts';

const Order = z.strictObject({
  lines: z.array(z.strictObject({ quantity: z.int().min(1) })).min(1),
  'odd/na~me': z.string().optional(),
});
const Page = z.strictObject({ limit: z.coerce.number().int().max(100).default(20) });

@Controller('orders')
@Public()
class Orders {
  @Get()
  list(@Query({ schema: Page }) page: unknown) {
    return page;
  }

  @Get(':id')
  one(@Param('id', { schema: z.uuid() }) id: string) {
    return { id };
  }

  @Post()
  place(@Body({ schema: Order }) order: unknown) {
    return order;
  }

  @Post(':id/cancel')
  cancel() {
    return { cancelled: true };
  }
}

describe('what a schema says about a request', () => {
  let service: Awaited<ReturnType<typeof serve>>;
  beforeAll(async () => void (service = await serve([Orders])));
  afterAll(() => service.close());

  const faultsOf = async (body: unknown) => {
    const answer = await service.ask('/orders', json(body));
    expect(answer).toMatchObject({ status: 400, body: { code: 'request/invalid' } });
    return (answer.body as { errors: { pointer: string }[] }).errors.map(({ pointer }) => pointer);
  };

  it('is what the handler gets, with defaults and conversions', async () => {
    expect(await service.ask('/orders?limit=5')).toMatchObject({ status: 200, body: { limit: 5 } });
    expect(await service.ask('/orders')).toMatchObject({ body: { limit: 20 } });
    expect(await service.ask('/orders', json({ lines: [{ quantity: 2 }] }))).toMatchObject({
      status: 201,
      body: { lines: [{ quantity: 2 }] },
    });
  });

  it('names every fault by its JSON pointer, escaped as RFC 6901 asks', async () => {
    expect(await faultsOf({ lines: [{ quantity: 0, price: 1 }, {}], 'odd/na~me': 1, extra: true })).toEqual([
      '/lines/0/quantity',
      '/lines/0/price',
      '/lines/1/quantity',
      '/odd~1na~0me',
      '/extra',
    ]);
  });

  it('names faults of query and path by the parameter', async () => {
    expect(await service.ask('/orders?limit=1000&page=2')).toMatchObject({
      status: 400,
      body: { errors: [{ pointer: '/limit' }, { pointer: '/page', message: 'is not a known field' }] },
    });
    expect(await service.ask('/orders/42')).toMatchObject({
      status: 400,
      body: { errors: [{ pointer: '/id' }] },
    });
  });

  it('names no more than a hundred faults', async () => {
    expect(await faultsOf({ lines: Array.from({ length: 500 }, () => ({})) })).toHaveLength(100);
  });

  it.each([
    ['a list', '[1]'],
    ['a string', '"lines"'],
    ['null', 'null'],
    ['nothing', ''],
    ['half a document', '{"lines":'],
    ['a poisoned prototype', '{"__proto__":{"admin":true}}'],
    ['a poisoned constructor', '{"constructor":{"prototype":{"admin":true}}}'],
    ['NUL, which PostgreSQL cannot store', '{"lines":"\\u0000"}'],
    ['half a surrogate pair', '{"lines":"\\ud83d"}'],
  ])('refuses a body that is %s', async (_, body) => {
    expect(await service.ask('/orders', json(body))).toMatchObject({
      status: 400,
      body: { code: 'request/malformed' },
    });
  });

  it('tells an escaped backslash from an escaped NUL, and accepts whole surrogate pairs', async () => {
    expect(await faultsOf('{"lines":"\\\\u0000 \\ud83d\\ude00"}')).toEqual(['/lines']);
  });

  it('refuses bytes that are not UTF-8', async () => {
    const init = { ...json({}), body: Buffer.from('{"lines":"\xff"}', 'latin1') };
    expect(await service.ask('/orders', init)).toMatchObject({
      status: 400,
      body: { code: 'request/malformed' },
    });
  });

  it('asks for no body where none is declared, whatever the client says of its type', async () => {
    expect(await service.ask('/orders/1/cancel', { method: 'POST' })).toMatchObject({ status: 201 });
    expect(await service.ask('/orders/1/cancel', json(''))).toMatchObject({ status: 201 });
  });
});
