import { expect, type Line } from '../../line.ts';
import { underLoad } from '../../customers/load.ts';
import { readingsOf } from './canary.ts';
import { gone, release } from './release.ts';
import { withRollout } from './takeover.ts';

/** The same program; only a note on its pods is new. */
const good = { metadata: { annotations: { 'shop.example/release': 'next' } } };
/** Starts and is ready, but can check no token: it looks for the keys where there are none. */
const keys = { name: 'AUTH_JWKS_URL', value: 'http://identity/no-such-keys' };
const bad = { spec: { containers: [{ name: 'app', env: [keys] }] } };

export const rolloutLines: readonly Line[] = [
  {
    name: 'rollout-promoted',
    claim:
      'a good version of orders gets a tenth of the traffic, then half, then all of it, and no customer notices',
    needs: 'rollouts',
    async observe(stage, note) {
      const { result, tally, orders } = await underLoad(stage, note, () =>
        withRollout(stage, note, () => release(good, note, stage.signal)),
      );
      const { end, weights, seconds, analyses } = result;
      return expect(
        end === 'promoted' &&
          /^0,10,50,(100,)?0$/.test(weights.join()) &&
          analyses.length === 2 &&
          analyses.every(({ status }) => status?.phase === 'Successful') &&
          tally.failed === 0 &&
          orders.lost === 0,
        `${end} after ${seconds} s: its weight was ${weights.join(', ')} %; ${analyses.map(readingsOf).join('; ')}; ${tally}; ${orders}`,
      );
    },
  },
  {
    name: 'rollout-aborted',
    claim:
      'a bad version of orders, whose probes are fine, is taken back by itself after a tenth of the traffic met it',
    needs: 'rollouts',
    async observe(stage, note) {
      const { result, tally, orders } = await withRollout(stage, note, async () => {
        const seen = await underLoad(stage, note, () => release(bad, note, stage.signal));
        await gone(seen.result.version);
        return seen;
      });
      const { end, weights, seconds, analyses, fewestStable } = result;
      const share = (100 * tally.failed) / tally.calls;
      return expect(
        end === 'aborted' &&
          weights.join() === '0,10,0' &&
          analyses.length === 1 &&
          analyses.every(({ status }) => status?.phase === 'Failed') &&
          fewestStable >= 2 &&
          share < 10 &&
          orders.lost === 0,
        `${end} after ${seconds} s: its weight was ${weights.join(', ')} %; ${analyses.map(readingsOf).join('; ')}; never fewer than ${fewestStable} pods of the version before; ${share.toFixed(1)} % failed: ${tally}; ${orders}`,
      );
    },
  },
];
