import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { eventually, freePort } from '@shop/testing';
import { ServiceProcess } from './service-process.ts';

const healthy = `
  console.log('started');
  require('node:http').createServer((_, response) => response.end('{}')).listen(process.env.PORT, '127.0.0.1');`;
const started = () => readFileSync(service.spec.logFile, 'utf8').split('started').length - 1;

let folder: string;
let told: string[];
let service: ServiceProcess;

async function aService(script: string): Promise<ServiceProcess> {
  const port = await freePort();
  const files = { logFile: join(folder, 'log'), pidFile: join(folder, 'pid') };
  const place = { name: 'orders', cwd: folder, args: ['-e', script, folder], marker: folder, ...files };
  return new ServiceProcess({
    ...place,
    port,
    env: { PORT: String(port) },
    tell: (event) => told.push(event),
  });
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'service-'));
  told = [];
});
afterEach(async () => {
  await service.stop();
  rmSync(folder, { recursive: true });
});

describe('a supervised process', () => {
  it('is started again after a crash, and says so', async () => {
    service = await aService(healthy);
    service.start();
    await service.ready();
    service.kill('SIGKILL');
    await eventually(() => expect(started()).toBe(2));
    await service.ready();
    expect(told).toEqual(['orders ended (SIGKILL); starting it again in 250 ms']);
  });

  it('runs once when it is restarted by hand while it waits to be started again', async () => {
    service = await aService(healthy);
    service.start();
    await service.ready();
    service.kill('SIGKILL');
    await eventually(() => expect(told).toHaveLength(1));
    await service.stop();
    service.start();
    await service.ready();
    await sleep(400);
    expect(started()).toBe(2);
    expect(told).toHaveLength(1);
  });

  it('stays down once it was stopped', async () => {
    service = await aService(healthy);
    service.start();
    await service.ready();
    await service.stop();
    await sleep(400);
    expect(service.pid).toBe(0);
    expect(told).toEqual([]);
  });

  it('is given up when its configuration is at fault, with its last words', async () => {
    service = await aService(`console.error('PORT: is missing'); process.exitCode = 78`);
    service.start();
    await expect(service.ready()).rejects.toThrow('PORT: is missing');
    expect(told).toEqual([expect.stringContaining('orders refuses its configuration')]);
  });
});
