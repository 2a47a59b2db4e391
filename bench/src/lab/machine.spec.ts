import { describe, expect, it } from '@jest/globals';
import { kafkaVersion } from './machine.ts';

describe('the description of the machine', () => {
  it('reads the version of Kafka off its jars', () => {
    expect(kafkaVersion(['jackson-core-2.19.0.jar', 'kafka-clients-4.4.0.jar', 'kafka_2.13-4.4.0.jar'])).toBe(
      '4.4.0',
    );
    expect(kafkaVersion([])).toBe('unknown');
  });
});
