import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { serve } from '../serve.fixture.ts';
import { HealthChecks } from './health-checks.ts';

describe('the health of a service', () => {
  let service: Awaited<ReturnType<typeof serve>>;
  let health: HealthChecks;
  beforeEach(async () => {
    service = await serve([]);
    health = service.app.get(HealthChecks);
  });
  afterEach(() => service.close());

  it('is ready when every check holds', async () => {
    health.readiness('database', async () => {});
    expect(await service.ask('/health/ready')).toMatchObject({
      status: 200,
      body: { status: 'ok', checks: { database: 'ok' } },
    });
  });

  it('names the check that fails, beside those that hold', async () => {
    health.readiness('database', () => {});
    health.readiness('kafka', () => Promise.reject(new Error('no partitions assigned')));
    health.readiness('cache', () => {
      throw new Error();
    });
    expect(await service.ask('/health/ready')).toMatchObject({
      status: 503,
      body: {
        status: 'unavailable',
        checks: { database: 'ok', kafka: 'no partitions assigned', cache: 'failed' },
      },
    });
  });

  it('waits a second for a check, not longer', async () => {
    health.readiness('database', () => new Promise(() => {}));
    expect(await service.ask('/health/ready')).toMatchObject({
      status: 503,
      body: { checks: { database: 'no answer within 1000 ms' } },
    });
  });

  it('stays alive while it is not ready', async () => {
    health.readiness('database', () => {
      throw new Error('gone');
    });
    expect(await service.ask('/health/live')).toMatchObject({ status: 200, body: { status: 'ok' } });
  });

  it('has started once its start-up checks have held, and asks them no more', async () => {
    let migrated = false;
    let asked = 0;
    health.startup('migrated', () => {
      asked++;
      if (!migrated) throw new Error('migrations are pending');
    });
    expect(await service.ask('/health/startup')).toMatchObject({
      status: 503,
      body: { checks: { migrated: 'migrations are pending' } },
    });
    migrated = true;
    expect(await service.ask('/health/startup')).toMatchObject({ status: 200 });
    migrated = false;
    expect(await service.ask('/health/startup')).toMatchObject({ status: 200 });
    expect(asked).toBe(2);
  });
});
