import { describe, expect, it } from '@jest/globals';
import { Controller, Module } from '@nestjs/common';
import { databaseConfig, httpConfig } from '@shop/config';
import { z } from 'zod';
import { FakeProcess, serve } from './serve.fixture.ts';
import { startService } from './start-service.ts';

@Module({})
class App {}

const options = { name: 'orders', config: httpConfig(0), module: () => ({ module: App }) };

describe('startService', () => {
  it('listens where it says it does', async () => {
    const service = await serve([]);
    expect(service.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(await service.ask('/health/live')).toMatchObject({ status: 200 });
    await service.close();
  });

  it('prints every fault of the configuration and exits with 78', async () => {
    const host = new FakeProcess();
    const config = z.object({ ...httpConfig(0).shape, ...databaseConfig.shape });
    await expect(startService({ ...options, config, env: { PORT: 'x' } }, host)).rejects.toThrow();
    expect(host.exits).toEqual([78]);
    expect(host.printed.join('')).toMatch(/PORT: .*\n.*DATABASE_URL: is required\n$/);
  });

  it('says in one line that its port is taken, and exits with 1', async () => {
    const first = await serve([]);
    const { port } = new URL(first.url);
    const host = new FakeProcess();
    await expect(
      startService({ ...options, env: { PORT: port, HOST: '127.0.0.1' } }, host),
    ).rejects.toThrow();
    expect(host.exits).toEqual([1]);
    expect(host.printed).toEqual([`orders: port ${port} is in use; set PORT to another one\n`]);
    expect(host.eventNames()).toEqual([]);
    await first.close();
  });

  it('exits with 1 when the app cannot be built, and leaves no listener behind', async () => {
    @Controller()
    class Broken {
      constructor() {
        throw new Error('broken');
      }
    }
    const host = new FakeProcess();
    const module = () => ({ module: App, controllers: [Broken] });
    await expect(startService({ ...options, module, env: {} }, host)).rejects.toThrow('broken');
    expect(host.exits).toEqual([1]);
    expect(host.eventNames()).toEqual([]);
  });
});
