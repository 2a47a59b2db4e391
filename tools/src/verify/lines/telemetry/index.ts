import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { forward } from '../../../cluster/port-forward.ts';
import { root } from '../../../runner/settings.ts';
import { expect, type Line, type Stage } from '../../line.ts';
import { seen } from '../../wait.ts';
import { shoppers } from '../../customers/shoppers.ts';
import { placed } from '../../customers/placed.ts';
import { ask, jobsOf } from './prometheus.ts';
import { spansOf } from './traces.ts';

/** Who takes part in an order. */
const services = [
  'gateway',
  'orders',
  'inventory',
  'payments',
  'psp-sandbox',
  'notifications',
  'order-invoice',
];
/** The door, and the proxies beside those who call by HTTP. */
const proxies = [
  'shop-istio.istio-ingress',
  'gateway.shop',
  'orders.shop',
  'payments.shop',
  'psp-sandbox.shop',
];
/** Functions are there for a minute, and what they measured is read every quarter of it. */
const patience = { timeoutMs: 180_000, everyMs: 3_000 };

/** One trace tells of an order from the door to the invoice. */
async function traceOf(url: string, stage: Stage): Promise<string> {
  const traceId = await placed(await shoppers(stage), stage.signal);
  const whole = async () => {
    const spans = await spansOf(url, traceId);
    const missing = [...services, ...proxies].filter((name) => !spans.has(name));
    if (missing.length > 0) throw new Error(`trace ${traceId} has no spans of ${missing.join(', ')}`);
    return [...spans.values()].reduce((sum, count) => sum + count, 0);
  };
  const count = await seen(stage.signal, whole, patience);
  return `a trace of ${count} spans by ${services.length} services and ${proxies.length} proxies`;
}

/** Every service sends metrics, and every target is read. */
async function seriesIn(url: string, { signal }: Stage): Promise<string> {
  const expected = [...services, 'catalog', 'identity'];
  const complete = async () => {
    const jobs = await jobsOf(url, 'last_over_time(target_info[5m])');
    const missing = expected.filter((name) => !jobs.includes(name));
    if (missing.length > 0) throw new Error(`there are no series of ${missing.join(', ')}`);
    const { activeTargets } = await ask(url, 'targets');
    const down = activeTargets.filter(({ health }) => health !== 'up');
    if (down.length > 0)
      throw new Error(`not read: ${down.map(({ labels }) => labels.pod ?? labels.instance).join(', ')}`);
    return activeTargets.length;
  };
  const targets = await seen(signal, complete, patience);
  return `series of ${expected.length} services, ${targets} targets up`;
}

async function rulesIn(url: string): Promise<string> {
  const files = globSync('observability/prometheus/rules/*.yaml', { cwd: root });
  const named = files.flatMap((file) => {
    const { groups } = parse(readFileSync(join(root, file), 'utf8')) as { groups: { name: string }[] };
    return groups.map(({ name }) => name);
  });
  const { groups } = await ask(url, 'rules');
  const rules = groups.flatMap((group) => group.rules);
  const ill = rules.filter(({ health }) => health === 'err').map(({ name }) => name);
  const missing = named.filter((name) => !groups.some((group) => group.name === name));
  return expect(
    named.length > 0 && missing.length === 0 && ill.length === 0,
    `${rules.length} rules${[...missing, ...ill].map((name) => `, but not ${name}`).join('')}`,
  );
}

export const telemetryLines: readonly Line[] = [
  {
    name: 'traces-and-metrics',
    claim: 'one trace tells of an order from the door to the invoice, and Prometheus reads everybody',
    async observe(stage, note) {
      const [jaeger, prometheus] = await Promise.all([
        forward('observability', 'service/jaeger', 16_686),
        forward('observability', 'service/prometheus', 9_090),
      ]);
      try {
        note('following an order');
        const words = [await traceOf(jaeger.url, stage)];
        note('asking Prometheus');
        words.push(await seriesIn(prometheus.url, stage), await rulesIn(prometheus.url));
        return words.join('; ');
      } finally {
        await Promise.all([jaeger.stop(), prometheus.stop()]);
      }
    },
  },
];
