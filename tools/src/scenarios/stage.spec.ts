import { describe, expect, it } from '@jest/globals';
import type { Workload } from '../manifests/objects.ts';
import { observed, putBack, withImageOf } from './stage.ts';

describe('a scenario that is stopped', () => {
  it('is not observed any more', async () => {
    const stop = new AbortController();
    let looks = 0;
    const observe = () => {
      looks += 1;
      stop.abort(new Error('stopped'));
      return Promise.reject(new Error('not as expected'));
    };
    await expect(observed({ observe }, stop.signal)).rejects.toMatchObject({ name: 'AbortError' });
    await expect(observed({ observe }, stop.signal)).rejects.toThrow('stopped');
    expect(looks).toBe(1);
  });

  it('puts everything back in the opposite order, also after something that cannot be', async () => {
    const done: string[] = [];
    const step = (name: string) => () => Promise.resolve(done.push(name));
    const broken = () => Promise.reject(new Error('is gone'));
    await expect(putBack([step('driver'), broken, step('routes')])).rejects.toThrow('is gone');
    expect(done).toEqual(['routes', 'driver']);
  });
});

describe('what a scenario adds', () => {
  const deployment = (image: string): Workload => ({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'any' },
    spec: { template: { spec: { containers: [{ name: 'app', image }] } } },
  });

  it('runs the image that is there already', () => {
    const catalog = deployment('registry.example/shop/catalog:1.2.3');
    expect(withImageOf(catalog, deployment('shop/catalog:dev'))).toEqual(catalog);
  });
});
