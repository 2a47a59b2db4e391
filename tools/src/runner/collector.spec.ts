import { afterEach, describe, expect, it } from '@jest/globals';
import { collectorFaults } from './collector.ts';

const variable = 'OTEL_EXPORTER_OTLP_TRACES_ENDPOINT';
const before = process.env[variable];
afterEach(() => {
  if (before === undefined) delete process.env[variable];
  else process.env[variable] = before;
});

const options = { dataDir: '/nowhere', ports: 'random' as const };

describe('a page of telemetry', () => {
  it('has nothing to show when telemetry goes elsewhere', () => {
    process.env[variable] = 'http://collector.example';
    expect(collectorFaults({ ...options, tracing: { page: true } })).toEqual([
      expect.stringContaining(`${variable} sends telemetry elsewhere`),
    ]);
    expect(collectorFaults(options)).toEqual([]);
  });

  it('is no fault otherwise', () => {
    process.env[variable] = '';
    expect(collectorFaults({ ...options, tracing: { page: true } })).toEqual([]);
  });
});
