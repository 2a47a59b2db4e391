import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Controller, Post } from '@nestjs/common';
import { Public } from '../auth/decorators.ts';
import { serve } from '../serve.fixture.ts';
import { IdempotencyKeyHeader } from './idempotency-key.ts';

@Controller()
@Public()
class Orders {
  @Post('orders')
  place(@IdempotencyKeyHeader() key: string) {
    return { key };
  }
}

describe('a route with an idempotency key', () => {
  let service: Awaited<ReturnType<typeof serve>>;
  beforeAll(async () => void (service = await serve([Orders])));
  afterAll(() => service.close());
  const place = (key?: string) =>
    service.ask('/orders', { method: 'POST', headers: key === undefined ? {} : { 'idempotency-key': key } });

  it('hands the key to the handler', async () => {
    expect(await place('order-1')).toMatchObject({ status: 201, body: { key: 'order-1' } });
  });

  it.each([undefined, ''])('refuses a request whose key is %j', async (key) => {
    expect(await place(key)).toMatchObject({ status: 400, body: { code: 'idempotency/key-missing' } });
  });

  it.each(['x'.repeat(256), 'a b', 'ä'])('refuses the key %j', async (key) => {
    expect(await place(key)).toMatchObject({ status: 400, body: { code: 'idempotency/key-invalid' } });
  });
});
