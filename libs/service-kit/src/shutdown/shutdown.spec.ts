import { Agent, get } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { Controller, Get, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Server, type CustomTransportStrategy } from '@nestjs/microservices';
import { Public } from '../auth/decorators.ts';
import { serve } from '../serve.fixture.ts';
import { ShutdownSequence } from './shutdown-sequence.ts';

@Controller()
@Public()
class Slow {
  static arrived = Promise.withResolvers<void>();

  @Get('slow')
  async slow() {
    Slow.arrived.resolve();
    await sleep(200);
    return { served: true };
  }

  @Get('never')
  never() {
    Slow.arrived.resolve();
    return new Promise(() => {});
  }
}

const arrival = () => (Slow.arrived = Promise.withResolvers<void>()).promise;

describe('a service that is told to stop', () => {
  it('answers what is under way, then stops consumers, work, relay and database in this order, and exits with 0', async () => {
    const order: string[] = [];
    @Injectable()
    class Destroyed implements OnApplicationShutdown {
      onApplicationShutdown = () => void order.push('application');
    }
    const service = await serve([Slow], { providers: [Destroyed] });
    const sequence = service.app.get(ShutdownSequence);
    for (const phase of ['database', 'relay', 'consumers', 'work'] as const) {
      sequence.add(phase, phase, async () => {
        await sleep(5);
        order.push(phase);
      });
    }
    const arrived = arrival();
    const answer = service.ask('/slow').then((got) => (order.push('http'), got));
    await arrived;
    expect(await service.host.signal('SIGTERM')).toBe(0);
    expect(await answer).toMatchObject({ status: 200, body: { served: true } });
    expect(order).toEqual(['http', 'consumers', 'work', 'relay', 'database', 'application']);
  });

  it('takes no new connections, and tells streams to end', async () => {
    const service = await serve([Slow]);
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const arrived = arrival();
    const slow = ask(`${service.url}/slow`, agent);
    await arrived;
    const exited = service.host.signal('SIGTERM');
    await expect(fetch(`${service.url}/health/live`)).rejects.toThrow('fetch failed');
    expect(service.app.get(ShutdownSequence).draining.aborted).toBe(true);
    expect(await slow).toBe(200);
    expect(await exited).toBe(0);
    agent.destroy();
  });

  it('does not wait for idle connections', async () => {
    const service = await serve([Slow]);
    const agent = new Agent({ keepAlive: true });
    await ask(`${service.url}/health/live`, agent);
    const startedAt = performance.now();
    expect(await service.host.signal('SIGINT')).toBe(0);
    expect(performance.now() - startedAt).toBeLessThan(2_000);
    agent.destroy();
  });

  it('cuts off answers that never end after half of the grace period', async () => {
    const service = await serve([Slow], { env: { SHUTDOWN_GRACE_MS: '4000' } });
    const arrived = arrival();
    const never = service.ask('/never').catch(() => 'cut');
    await arrived;
    expect(await service.host.signal('SIGTERM')).toBe(0);
    expect(await never).toBe('cut');
  });

  it('exits with 1 when something still hangs after the grace period, and knows what', async () => {
    const service = await serve([], { env: { SHUTDOWN_GRACE_MS: '50' } });
    const sequence = service.app.get(ShutdownSequence);
    sequence.add('relay', 'outbox', () => new Promise(() => {}));
    expect(await service.host.signal('SIGTERM')).toBe(1);
    expect(sequence.pending).toEqual(['relay/outbox']);
  });

  it('goes on stopping the rest when one step fails, and stops only once', async () => {
    const stopped: string[] = [];
    const service = await serve([]);
    const sequence = service.app.get(ShutdownSequence);
    sequence.add('consumers', 'broken', () => Promise.reject(new Error('no')));
    sequence.add('database', 'pool', async () => void stopped.push('pool'));
    const exited = service.host.signal('SIGTERM');
    service.host.emit('SIGTERM', 'SIGTERM');
    expect(await exited).toBe(0);
    expect(stopped).toEqual(['pool']);
    expect(service.host.exits).toEqual([0]);
  });

  it.each(['uncaughtException', 'unhandledRejection'])(
    'drains and exits with 1 after an %s',
    async (event) => {
      const stopped: string[] = [];
      const service = await serve([]);
      service.app.get(ShutdownSequence).add('database', 'pool', async () => void stopped.push('pool'));
      expect(await service.host.signal(event, new Error('bug'))).toBe(1);
      expect(stopped).toEqual(['pool']);
    },
  );

  it('leaves the process alone when it is closed by its owner', async () => {
    const service = await serve([]);
    await Promise.all([service.close(), service.close()]);
    expect(service.host.exits).toEqual([]);
    expect(service.host.listenerCount('SIGTERM')).toBe(0);
    await expect(fetch(service.url)).rejects.toThrow('fetch failed');
  });
});

describe('a job', () => {
  it('drains and exits with 0 when its work is done', async () => {
    const done = Promise.withResolvers<void>();
    const stopped: string[] = [];
    const service = await serve([], { until: () => done.promise });
    service.app.get(ShutdownSequence).add('consumers', 'queue', async () => void stopped.push('queue'));
    const exited = new Promise((resolve) => service.host.once('exited', resolve));
    expect(service.host.exits).toEqual([]);
    done.resolve();
    expect(await exited).toBe(0);
    expect(stopped).toEqual(['queue']);
  });

  it('drains and exits with 1 when it cannot tell', async () => {
    const service = await serve([], { until: () => Promise.reject(new Error('no')) });
    if (service.host.exits.length === 0) await new Promise((resolve) => service.host.once('exited', resolve));
    expect(service.host.exits).toEqual([1]);
  });

  it('leaves the process alone when its owner closes it first', async () => {
    const done = Promise.withResolvers<void>();
    const service = await serve([], { until: () => done.promise });
    const closed = service.close();
    done.resolve();
    await closed;
    expect(service.host.exits).toEqual([]);
  });
});

describe('a message transport', () => {
  it('listens before HTTP does, and stops with the consumers', async () => {
    const events: string[] = [];
    @Injectable()
    class Transport extends Server implements CustomTransportStrategy {
      listen(done: () => void) {
        events.push('listening');
        done();
      }
      close = () => void events.push('closed');
      on = () => {};
      unwrap = <T>() => undefined as T;
    }
    const service = await serve([], { providers: [Transport], transports: [Transport] });
    service.app.get(ShutdownSequence).add('work', 'next', async () => void events.push('work'));
    expect(events).toEqual(['listening']);
    await service.close();
    expect(events.slice(0, 3)).toEqual(['listening', 'closed', 'work']);
  });
});

function ask(url: string, agent: Agent): Promise<number> {
  return new Promise((resolve, reject) => {
    get(url, { agent }, (response) => response.resume().on('end', () => resolve(response.statusCode!))).on(
      'error',
      reject,
    );
  });
}
