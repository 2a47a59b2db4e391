import { startOpponent } from '../lab/opponent.ts';
import { answersOf } from '../measure/answers.ts';
import type { Quantiles } from '../measure/quantiles.ts';
import type { Bench } from './bench.ts';

/** The load generator against a server that does nothing. */
export interface GeneratorResult {
  open: { rate: number; answeredPerSecond: number; lag: Quantiles; cores: number }[];
  /** Requests a second of a closed loop. */
  closed: number;
}

/** What the instrument itself can do: beyond this, a figure would be the generator's. */
export async function generator({ shop, load, effort, progress }: Bench): Promise<GeneratorResult> {
  return progress.step('Load generator', async (note) => {
    const nothing = await startOpponent(shop, 'nothing', {});
    try {
      const stream = {
        name: 'nothing',
        url: nothing.url,
        method: 'POST' as const,
        paths: ['/'],
        bodies: ['{}'],
      };
      const seconds = effort.catalogueSeconds;
      const run = async (pace: { rate: number } | { connections: number }) => {
        const result = await load.run({ seconds, streams: [{ ...stream, pace }] });
        const { okPerSecond } = answersOf(result.streams[0]!, seconds);
        return { okPerSecond, lag: result.generator.lag, cores: result.generator.cpuMs / 1_000 / seconds };
      };
      await run({ connections: 32 });
      const { okPerSecond: closed } = await run({ connections: 32 });
      const open: GeneratorResult['open'] = [];
      for (const rate of [1_000, 2_000, 4_000]) {
        const { okPerSecond, lag, cores } = await run({ rate });
        open.push({ rate, answeredPerSecond: okPerSecond, lag, cores });
      }
      note(`${Math.round(closed)} requests/s`);
      return { open, closed };
    } finally {
      await nothing.stop();
    }
  });
}
