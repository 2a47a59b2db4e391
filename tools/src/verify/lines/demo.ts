import { playDemo } from '../../kind/demo.ts';
import { expect, type Line } from '../line.ts';

export const demoLines: readonly Line[] = [
  {
    name: 'demo',
    claim: 'an order ends in each possible way, through the ingress gateway',
    async observe({ door, dataDir }) {
      const { code, output } = await playDemo({ door, dataDir, show: false });
      const ends = [...output.matchAll(/^ {2}✓ .* {2}(CONFIRMED|REJECTED|CANCELLED|REFUNDED) /gm)].map(
        ([, end]) => end,
      );
      if (code !== 0) throw new Error(output);
      return expect(new Set(ends).size === 4, `${ends.length} orders: ${ends.join(', ')}`);
    },
  },
];
