import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Controller, Get } from '@nestjs/common';
import { AdaptiveLimiter } from '@shop/resilience';
import { Public } from '../auth/decorators.ts';
import { serve } from '../serve.fixture.ts';
import { Priority } from './priority.ts';

let letGo: () => void;
let gate: Promise<void>;

@Controller()
@Public()
@Priority('batch')
class Routes {
  @Get('held')
  @Priority('checkout')
  async held() {
    await gate;
    return {};
  }

  @Get('checkout')
  @Priority('checkout')
  checkout() {
    return {};
  }

  @Get('sandbox')
  @Priority('unlimited')
  async sandbox() {
    await gate;
    return {};
  }

  @Get('batch')
  batch() {
    return {};
  }
}

@Controller()
@Public()
class Browsing {
  @Get('browse')
  browse() {
    return {};
  }
}

describe('a service under more load than it can serve', () => {
  let service: Awaited<ReturnType<typeof serve>>;
  let limiter: AdaptiveLimiter;
  let held: Promise<unknown>[];

  beforeEach(async () => {
    ({ promise: gate, resolve: letGo } = Promise.withResolvers<void>());
    limiter = new AdaptiveLimiter({ initial: 10, min: 10, max: 10 });
    service = await serve([Routes, Browsing], { limiter });
    held = [];
  });
  afterEach(async () => {
    letGo();
    await Promise.all(held);
    await service.close();
  });

  const hold = async (count: number) => {
    const before = limiter.snapshot().inFlight;
    for (let n = 0; n < count; n++) held.push(service.ask('/held'));
    await inFlightIs(before + count);
  };
  const inFlightIs = async (count: number) => {
    for (let tries = 0; limiter.snapshot().inFlight !== count; tries++) {
      if (tries > 1_000)
        throw new Error(`${limiter.snapshot().inFlight} requests are in flight, not ${count}`);
      await sleep(2);
    }
  };
  const statusOf = async (path: string) => (await service.ask(path)).status;

  it('refuses batch work first, then browsing, and checkout last', async () => {
    await hold(5);
    expect([await statusOf('/batch'), await statusOf('/browse'), await statusOf('/checkout')]).toEqual([
      503, 200, 200,
    ]);
    await hold(3);
    expect([await statusOf('/browse'), await statusOf('/checkout')]).toEqual([503, 200]);
    await hold(2);
    expect(await statusOf('/checkout')).toBe(503);
  });

  it('says when to come back, and counts the refusal', async () => {
    const metric = async (name: string) =>
      Number(new RegExp(`^${name} (\\d+)$`, 'm').exec((await service.ask('/metrics')).text)?.[1]);
    const before = await metric('shop_http_shed_total{priority="checkout"}');
    await hold(10);
    expect(await metric('shop_http_concurrency_in_flight')).toBe(10);
    expect(await metric('shop_http_concurrency_limit')).toBe(10);
    const answer = await service.ask('/checkout');
    expect(answer).toMatchObject({ status: 503, body: { code: 'service/overloaded' } });
    expect(answer.headers.get('retry-after')).toBe('1');
    expect(await metric('shop_http_shed_total{priority="checkout"}')).toBe(before + 1);
  });

  it('still answers health checks and metrics', async () => {
    await hold(10);
    for (const path of ['/health/ready', '/metrics']) expect(await statusOf(path)).toBe(200);
  });

  it('has room again when answers are through, also those whose client went away', async () => {
    await hold(9);
    const impatient = new AbortController();
    const aborted = service.ask('/held', { signal: impatient.signal }).catch(() => 'gone');
    await inFlightIs(10);
    impatient.abort();
    await aborted;
    await inFlightIs(9);
    letGo();
    await Promise.all(held);
    await inFlightIs(0);
    expect(await statusOf('/batch')).toBe(200);
  });

  it('keeps no place for a stream that is being watched, nor for a route that is slow on purpose', async () => {
    held.push(service.ask('/held', { headers: { accept: 'text/event-stream' } }), service.ask('/sandbox'));
    await sleep(50);
    expect(limiter.snapshot().inFlight).toBe(0);
  });
});
