import './quiet.ts';
import { describe, expect, it } from '@jest/globals';
import { violationReport } from './command/report.ts';
import { neverSeen } from './reached/coverage.ts';
import { mutationNames } from './mutations/mutations.ts';
import { explore } from './schedule/explore.ts';
import type { Tally } from './schedule/simulation.ts';

const SCHEDULES = 20_000;
const patienceMs = 300_000;
/** Always the same, so that only a change to the code can make it fail; `npm run simulate` takes another each time. */
const seed = 1;

describe(`${SCHEDULES} random schedules`, () => {
  const tally: Tally = {};

  it(
    'break no promise',
    async () => {
      const found = await explore({ schedules: SCHEDULES, seed }, tally);
      // Tells what happened, and the command that repeats it.
      expect(found && violationReport(found, seed)).toBeUndefined();
    },
    patienceMs,
  );

  it('show every way out and every kind of fault', () => {
    expect(neverSeen(tally)).toEqual([]);
  });
});

describe('a promise that is broken on purpose', () => {
  it.each(mutationNames)(
    'is missed: %s',
    async (mutation) => {
      const found = await explore({ schedules: SCHEDULES, seed, mutation, endOnFailure: true }, {});
      expect(found?.violation).toEqual(expect.any(String));
    },
    patienceMs,
  );
});
