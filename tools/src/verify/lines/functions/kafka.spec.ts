import { describe, expect, it } from '@jest/globals';
import { lagIn } from './kafka.ts';

const table = `
GROUP          TOPIC                PARTITION  CURRENT-OFFSET  LOG-END-OFFSET  LAG   CONSUMER-ID  HOST  CLIENT-ID
notifications  shop.orders.events   0          987             990             3     -            -     -
notifications  shop.orders.events   1          904             904             0     -            -     -
notifications  shop.orders.retry    0          -               4               -     -            -     -
`;

describe('the lag of a group', () => {
  it('is the sum over its partitions, and all of those it never read', () => {
    expect(lagIn(table)).toBe(7);
  });

  it('is not nothing when Kafka does not say', () => {
    expect(() => lagIn("Error: Consumer group 'x' does not exist.")).toThrow('does not exist');
  });
});
