import { describe, expect, it } from '@jest/globals';
import { MetricStore } from './metric-store.ts';

const point = (name: string, at: number, value = 1) => ({
  ...{ service: 'orders', instance: 'one', name, unit: '', attributes: { topic: 'a' } },
  ...{ at, value },
});

describe('the store of metrics', () => {
  it('keeps the latest values of a series', () => {
    const store = new MetricStore({ series: 10, points: 3, silenceMs: 1_000 });
    for (const at of [1, 2]) store.add(point('depth', at, at));
    expect(store.of('depth', 5)).toMatchObject([{ points: [{ value: 1 }, { value: 2 }], whole: true }]);
    for (const at of [3, 4]) store.add(point('depth', at, at));
    expect(store.of('depth', 5)).toMatchObject([{ points: [{ at: 2 }, { at: 3 }, { at: 4 }], whole: false }]);
  });

  it('tells processes and attributes apart', () => {
    const store = new MetricStore({ series: 10, points: 3, silenceMs: 1_000 });
    store.add(point('depth', 1));
    store.add({ ...point('depth', 1), instance: 'two' });
    store.add({ ...point('depth', 1), attributes: { topic: 'b' } });
    expect(store.of('depth', 1)).toHaveLength(3);
  });

  it('lets the series go that has been silent longest', () => {
    const store = new MetricStore({ series: 2, points: 3, silenceMs: 1_000 });
    for (const name of ['a', 'b', 'a', 'c']) store.add(point(name, 1));
    expect(store.all(1).map(({ name }) => name)).toEqual(['a', 'c']);
    // What it counted before it went has not just been counted.
    store.add(point('b', 2, 500));
    expect(store.of('b', 2)).toMatchObject([{ points: [{ value: 500 }], whole: false }]);
  });

  it('forgets what was not heard of for long', () => {
    const store = new MetricStore({ series: 10, points: 3, silenceMs: 1_000 });
    store.add(point('gone', 1_000));
    store.add(point('here', 2_500));
    expect(store.all(2_600).map(({ name }) => name)).toEqual(['here']);
    // What it counted meanwhile has not just been counted.
    store.add(point('gone', 3_000, 500));
    expect(store.of('gone', 3_000)).toMatchObject([{ points: [{ value: 500 }], whole: false }]);
  });
});
