import type { Shop } from '@shop/tools';
import { startOpponent } from '../lab/opponent.ts';
import { restartServices, shopArena } from '../lab/shop.ts';
import { answersOf } from '../measure/answers.ts';
import { checkoutLoad } from '../measure/checkout-load.ts';
import type { Bench } from './bench.ts';
import { MORE } from './checkout.ts';
import { warmUp } from './warm-up.ts';

export interface TracingResult {
  /** Of the traces. */
  sampled: number;
  confirmedPerSecond: number;
  cpuPerOrder: number;
  /** Products a second through the gateway. */
  productsPerSecond: number;
  /** Of spans that the collector received meanwhile. */
  exportedKB: number;
}

/** The same load with tracing off and with more and more of the traces sampled; a collector outside of the services receives the spans. */
export async function tracing(bench: Bench, saturation: number): Promise<TracingResult[]> {
  const { shop, progress } = bench;
  const sink = await startOpponent(shop, 'sink', {});
  const received = async () => ((await (await fetch(sink.url)).json()) as { bytes: number }).bytes;
  try {
    const results: TracingResult[] = [];
    for (const sampled of bench.effort.sampled) {
      const result = await progress.step('Tracing', async (note) => {
        const title = sampled === 0 ? 'off' : `${sampled * 100} %`;
        note(title);
        await retrace(shop, sampled, sink.url);
        const before = await received();
        const figures = await measure(bench, saturation, note);
        note(`${title}: ${Math.round(figures.confirmedPerSecond)} orders/s`);
        return { sampled, ...figures, exportedKB: Math.round(((await received()) - before) / 1_024) };
      });
      results.push(result);
    }
    return results;
  } finally {
    await retrace(shop, 0, '');
    await sink.stop();
  }
}

/** Restarted each time, also when nothing is sampled: all three begin alike. */
async function retrace(shop: Shop, sampled: number, url: string): Promise<void> {
  const settings = {
    OTEL_EXPORTER_OTLP_ENDPOINT: url,
    OTEL_TRACES_SAMPLER: 'parentbased_traceidratio',
    OTEL_TRACES_SAMPLER_ARG: String(sampled),
  };
  for (const { spec } of shop.services.flatMap(({ processes }) => processes))
    Object.assign(spec.env, sampled > 0 ? settings : { OTEL_EXPORTER_OTLP_ENDPOINT: '' });
  await restartServices(shop);
}

async function measure(bench: Bench, saturation: number, note: (text: string) => void) {
  const { shop, load, effort } = bench;
  const arena = await shopArena(shop);
  await warmUp(bench, arena, note);
  const run = await checkoutLoad(arena, load, {
    rate: Math.round(saturation * MORE),
    seconds: effort.measureSeconds * 1.5,
  });
  const stream = {
    name: 'products',
    url: shop.gatewayUrl,
    method: 'GET' as const,
    paths: ['/v1/products?limit=20'],
  };
  const browse = async (seconds: number) => {
    const { streams } = await load.run({ seconds, streams: [{ ...stream, pace: { connections: 32 } }] });
    return answersOf(streams[0]!, seconds).okPerSecond;
  };
  await browse(effort.catalogueSeconds);
  return {
    confirmedPerSecond: run.confirmedPerSecond,
    cpuPerOrder: run.cpuPerOrderTotal,
    productsPerSecond: await browse(effort.catalogueSeconds * 2),
  };
}
