import { startOpponent } from '../lab/opponent.ts';
import { startRawKafka } from '../lab/raw-kafka.ts';
import { connected } from '@shop/testing';
import { quantiles } from '../measure/quantiles.ts';
import type { Bench } from './bench.ts';

/** Medians in milliseconds. */
export interface HopsResult {
  http: number;
  kafka: number;
  commit: number;
}

/** What one order goes through one after the other, in either pipeline, until it is confirmed. */
export const path = {
  /** Client to gateway to orders, and two calls to the provider. */
  http: 4,
  /** Reserve, reserved, authorise, authorised, capture, captured. */
  kafka: 6,
  /** Placed; reserved; reply read; call opened, settled; reply read; call opened, settled; reply read. */
  commit: 9,
};

export const sumOfHops = ({ http, kafka, commit }: HopsResult): number =>
  path.http * http + path.kafka * kafka + path.commit * commit;

const TIMES = 300;

/** One HTTP request, one message through Kafka and one commit, each alone and with nothing behind it. */
export async function hops({ shop, load }: Bench): Promise<HopsResult> {
  const nothing = await startOpponent(shop, 'nothing', {});
  const kafka = await startRawKafka(shop);
  try {
    const bodies = [JSON.stringify({ filler: 'x'.repeat(400) })];
    const stream = { name: 'http', url: nothing.url, method: 'POST' as const, paths: ['/'], bodies };
    const { streams } = await load.run({
      seconds: TIMES / 100,
      streams: [{ ...stream, pace: { rate: 100 } }],
    });
    return {
      http: quantiles(streams[0]!.latency).p50,
      kafka: await kafka.run('hop', TIMES),
      commit: await connected(shop.postgres.adminUrl, async (client) => {
        await client.query('CREATE TABLE IF NOT EXISTS commits (id int, filler text)');
        const times: number[] = [];
        for (let id = 0; id < TIMES; id++) {
          const since = performance.now();
          await client.query({
            name: 'commit',
            text: 'INSERT INTO commits VALUES ($1, $2)',
            values: [id, 'x'.repeat(200)],
          });
          times.push(performance.now() - since);
        }
        return quantiles(times).p50;
      }),
    };
  } finally {
    await Promise.all([nothing.stop(), kafka.stop()]);
  }
}
