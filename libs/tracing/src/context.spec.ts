import { beforeAll, describe, expect, it } from '@jest/globals';
import { currentTraceId, extract, inject, inNewTrace } from './context.ts';
import { withSpan } from './span.ts';
import { startTelemetry } from './start-telemetry.ts';

const traceId = '0af7651916cd43dd8448eb211c80319c';
const carrier = { traceparent: `00-${traceId}-b7ad6b7169203331-01`, tracestate: 'a=b', baggage: 'k=v' };

describe('trace context without an SDK', () => {
  beforeAll(() => startTelemetry('test', {}));

  it('travels unchanged from what was extracted to what is injected, across awaits', async () => {
    await inNewTrace(carrier, async () => {
      await new Promise((resolve) => setTimeout(resolve, 1));
      expect(currentTraceId()).toBe(traceId);
      expect(inject()).toEqual(carrier);
    });
    expect(currentTraceId()).toBe('');
    expect(inject()).toEqual({});
  });

  it.each([{}, { traceparent: 'nonsense' }, { traceparent: `00-${'0'.repeat(32)}-b7ad6b7169203331-01` }])(
    'begins a trace of its own when %j brings none',
    (brought) => {
      const ids = [0, 1].map(() =>
        inNewTrace(brought, () => [currentTraceId(), inject()['traceparent']] as const),
      );
      for (const [id, traceparent] of ids) {
        expect(id).toMatch(/^[0-9a-f]{32}$/);
        expect(traceparent).toContain(id);
      }
      expect(ids[0]![0]).not.toBe(ids[1]![0]);
    },
  );

  it('gives every span a trace, and keeps the trace of its parent', () => {
    withSpan('outer', {}, () => {
      const outer = currentTraceId();
      expect(outer).toMatch(/^[0-9a-f]{32}$/);
      withSpan('inner', {}, () => expect(currentTraceId()).toBe(outer));
      withSpan('elsewhere', { parent: extract(carrier) }, () => expect(currentTraceId()).toBe(traceId));
    });
  });

  it('hands on what the work in a span returns or throws', async () => {
    expect(withSpan('sync', {}, () => 1)).toBe(1);
    await expect(withSpan('async', {}, async () => 2)).resolves.toBe(2);
    expect(() =>
      withSpan('throws', {}, () => {
        throw new Error('no');
      }),
    ).toThrow('no');
    await expect(withSpan('rejects', {}, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  });
});
