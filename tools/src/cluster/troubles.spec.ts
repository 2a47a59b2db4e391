import { describe, expect, it } from '@jest/globals';
import { type Pod, troubles } from './troubles.ts';

const aPod = (status: Pod['status']): Pod => ({ metadata: { name: 'orders-1' }, status });

describe('why pods are not ready', () => {
  it('is nothing of those that are, and of those that are done', () => {
    const ready = aPod({ phase: 'Running', conditions: [{ type: 'Ready', status: 'True' }] });
    expect(troubles([ready, aPod({ phase: 'Succeeded' })])).toEqual([]);
  });

  it('is what the scheduler says of one without a node', () => {
    const message = '0/3 nodes are available: 3 Insufficient cpu.';
    const pending = aPod({
      phase: 'Pending',
      conditions: [{ type: 'PodScheduled', status: 'False', message }],
    });
    expect(troubles([pending])).toEqual([`  orders-1: ${message}`]);
  });

  it.each([
    [
      { name: 'app', ready: false, state: { waiting: { reason: 'ErrImageNeverPull' } } },
      'app ErrImageNeverPull',
    ],
    [
      {
        name: 'app',
        ready: false,
        state: { waiting: { reason: 'CrashLoopBackOff' } },
        lastState: { terminated: { reason: 'OOMKilled', exitCode: 137 } },
      },
      'app CrashLoopBackOff, ended with 137, out of memory',
    ],
    [{ name: 'app', ready: false, state: {} }, 'Running, not ready yet'],
  ])('is what its containers do: %j', (container, said) => {
    expect(troubles([aPod({ phase: 'Running', containerStatuses: [container] })])).toEqual([
      `  orders-1: ${said}`,
    ]);
  });
});
