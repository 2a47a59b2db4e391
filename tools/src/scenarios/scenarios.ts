import { expect } from '../verify/line.ts';
import { answeredBy, drive, type Seen } from './drive.ts';

/** What a folder of istio/scenarios shows, and how it is seen to be so. */
export interface Scenario {
  name: string;
  /** Runs beside the version that is: a copy of the catalogue in the role of the next one. */
  canary?: boolean;
  /** Resolves to what was seen; rejects with what should have been. */
  observe(): Promise<string>;
}

const having = (seen: Seen[], test: (call: Seen) => boolean): number => seen.filter(test).length;
const answered = ({ status }: Seen) => status === 200;
const byCanary = ({ version }: Seen) => version === 'canary';

const yes = (header: string) => ({ headers: { [header]: 'yes' } });

/** In the order in which a newcomer should try them. */
export const scenarios: readonly Scenario[] = [
  {
    name: 'canary-weight',
    canary: true,
    async observe() {
      const seen = await drive({ calls: 400, atOnce: 4 });
      const share = having(seen, byCanary) / 4;
      return expect(
        having(seen, answered) === 400 && share >= 4 && share <= 17,
        `${share} % of 400 calls by the canary, ${400 - having(seen, answered)} failed`,
      );
    },
  },
  {
    name: 'canary-header',
    canary: true,
    async observe() {
      const [testers, everybody] = [
        await drive({ calls: 50, ...yes('x-canary') }),
        await drive({ calls: 50 }),
      ];
      const [those, others] = [having(testers, byCanary), having(everybody, byCanary)];
      return expect(
        those === 50 && others === 0,
        `the canary answered ${those} of 50 with the header, ${others} of 50 without`,
      );
    },
  },
  {
    name: 'mirror',
    canary: true,
    async observe() {
      const before = await answeredBy('catalog-canary');
      const seen = await drive({ calls: 100 });
      const more = (await answeredBy('catalog-canary')) - before;
      return expect(
        having(seen, answered) === 100 && having(seen, byCanary) === 0 && more >= 90,
        `100 calls, ${having(seen, byCanary)} answered by the canary, which has seen ${more}`,
      );
    },
  },
  {
    name: 'delay',
    async observe() {
      const [slow, others] = [await drive({ calls: 5, ...yes('x-delay') }), await drive({ calls: 20 })];
      const [least, most] = [Math.min(...slow.map(({ ms }) => ms)), Math.max(...others.map(({ ms }) => ms))];
      return expect(
        least >= 2_000 && most < 1_000 && having([...slow, ...others], answered) === 25,
        `with the header at least ${least} ms, without at most ${most} ms`,
      );
    },
  },
  {
    name: 'abort',
    async observe() {
      const aborted = having(await drive({ calls: 100 }), ({ status }) => status === 503);
      return expect(aborted >= 35 && aborted <= 65, `${aborted} of 100 calls aborted with 503`);
    },
  },
  {
    name: 'circuit-break',
    async observe() {
      const rush = await drive({ calls: 200, atOnce: 40 });
      const calm = await drive({ calls: 20 });
      const [passed, refused] = [having(rush, answered), having(rush, ({ status }) => status === 503)];
      return expect(
        passed > 0 && refused > 0 && having(calm, answered) === 20,
        `of 200 calls, 40 at once, ${passed} answered and ${refused} refused; one by one ${having(calm, answered)} of 20 answered`,
      );
    },
  },
  {
    name: 'outlier-ejection',
    async observe() {
      const seen = await drive({ calls: 300 });
      const faults = having(seen, (call) => !answered(call));
      const late = having(seen.slice(-100), (call) => !answered(call));
      return expect(
        faults > 0 && late === 0,
        `${faults} of 300 calls met the broken pod, ${late} of the last 100`,
      );
    },
  },
  {
    name: 'rate-limit',
    async observe() {
      const seen = await drive({ calls: 200, atOnce: 20 });
      const [passed, refused] = [having(seen, answered), having(seen, ({ status }) => status === 429)];
      return expect(
        passed > 0 && passed <= 60 && passed + refused === 200,
        `${passed} of 200 answered, ${refused} refused with 429`,
      );
    },
  },
];
