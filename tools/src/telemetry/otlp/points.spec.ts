import { describe, expect, it } from '@jest/globals';
import { pointsOf } from './points.ts';

const timeUnixNano = '1893456000000000000';
const at = 1_893_456_000_000;
const attribute = (key: string, stringValue: string) => ({ key, value: { stringValue } });
const body = (...metrics: object[]) => ({
  resourceMetrics: [
    {
      resource: {
        attributes: [attribute('service.name', 'orders'), attribute('service.instance.id', 'here:8083')],
      },
      scopeMetrics: [{ metrics }],
    },
  ],
});
const from = { service: 'orders', instance: 'here:8083' };

describe('an OTLP export of metrics in JSON', () => {
  it('becomes values by service and attributes', () => {
    const gauge = {
      dataPoints: [{ timeUnixNano, asDouble: 1.5, attributes: [attribute('state', 'RESERVING')] }],
    };
    const sum = { aggregationTemporality: 2, dataPoints: [{ timeUnixNano, asInt: '7' }] };
    expect(
      pointsOf(body({ name: 'shop.saga.oldest', unit: 's', gauge }, { name: 'shop.orders.placed', sum })),
    ).toEqual([
      { ...from, name: 'shop.saga.oldest', unit: 's', attributes: { state: 'RESERVING' }, at, value: 1.5 },
      { ...from, name: 'shop.orders.placed', unit: '', attributes: {}, at, value: 7 },
    ]);
  });

  it('keeps the buckets of a histogram', () => {
    const dataPoints = [
      { timeUnixNano, count: 3, sum: 2, explicitBounds: [0.1, 1], bucketCounts: [2, '1', 0] },
    ];
    expect(pointsOf(body({ name: 'd', unit: 's', histogram: { dataPoints } }))).toMatchObject([
      { value: 3, histogram: { bounds: [0.1, 1], counts: [2, 1, 0] } },
    ]);
  });

  it('may hold kinds of metrics that are not shown', () => {
    expect(pointsOf(body({ name: 'e', exponentialHistogram: { dataPoints: [{}] } }))).toEqual([]);
    expect(pointsOf({})).toEqual([]);
  });

  it.each([
    ['a value that is no number', { name: 'a', gauge: { dataPoints: [{ timeUnixNano, asDouble: 'much' }] } }],
    ['a value at no time', { name: 'a', gauge: { dataPoints: [{ asDouble: 1 }] } }],
    ['no name', { gauge: { dataPoints: [] } }],
    [
      'endless buckets',
      {
        name: 'a',
        histogram: { dataPoints: [{ timeUnixNano, count: 0, bucketCounts: Array(10_000).fill(0) }] },
      },
    ],
  ])('is refused for %s', (_, metric) => {
    expect(() => pointsOf(body(metric))).toThrow();
  });
});
