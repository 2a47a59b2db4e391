import { describe, expect, it } from '@jest/globals';
import { canaryWeight, readingsOf, type VirtualService } from './canary.ts';

const routes = (...weights: number[]): VirtualService => ({
  apiVersion: 'networking.istio.io/v1',
  kind: 'VirtualService',
  metadata: { name: 'orders' },
  spec: {
    http: weights.map((weight) => ({
      route: [
        { destination: { subset: 'stable' }, weight: 100 - weight },
        { destination: { subset: 'canary' }, weight },
      ],
    })),
  },
});

describe('the weight of a canary', () => {
  it('is that of all routes', () => {
    expect(canaryWeight(routes(10, 10, 10))).toBe(10);
  });

  it('is not known while one of them has another', () => {
    expect(canaryWeight(routes(10, 0, 10))).toBeUndefined();
  });
});

describe('an analysis', () => {
  it('is told by its end and by what was measured', () => {
    const metricResults = [
      { name: 'slowness', phase: 'Successful', measurements: [{ value: '[0.05897639998043276]' }] },
      { name: 'faults', phase: 'Failed', measurements: [{ value: '[0]' }, { value: '[]' }, {}] },
    ];
    expect(
      readingsOf({
        ...{ apiVersion: 'argoproj.io/v1alpha1', kind: 'AnalysisRun', metadata: { name: 'a' }, spec: {} },
        status: { phase: 'Failed', metricResults },
      }),
    ).toBe('Failed by faults 0, nothing, nothing and slowness 0.059');
  });
});
