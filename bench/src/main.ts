import { parseArgs } from 'node:util';
import { dataFolder, issueToken, readState } from '@shop/tools';
import { checkout } from './checkout.ts';
import { ShopClient } from './client.ts';
import { watchCpu } from './cpu.ts';

const usage = `Usage: npm run bench -- [--rate ORDERS_PER_SECOND] [--seconds N]

Places orders in the running shop (npm start) at a constant rate, 50 a second for 10 seconds unless told
otherwise, and prints the latency to 202 and to CONFIRMED, and the CPU each service spent per order.`;

function options() {
  try {
    const { values } = parseArgs({
      options: {
        rate: { type: 'string', default: '50' },
        seconds: { type: 'string', default: '10' },
        help: { type: 'boolean', short: 'h' },
      },
    });
    const [rate, seconds] = [Number(values.rate), Number(values.seconds)];
    if (values.help) exit(usage, 0);
    if (!(rate > 0 && rate <= 10_000 && seconds > 0 && seconds <= 600))
      throw new RangeError('rate must be 1–10000, seconds 1–600');
    return { rate, seconds };
  } catch (error) {
    return exit(`${(error as Error).message}\n\n${usage}`, 2);
  }
}

function exit(text: string, code: number): never {
  (code === 0 ? process.stdout : process.stderr).write(`${text}\n`);
  process.exit(code);
}

const load = options();
const dataDir = dataFolder();
const state = readState(dataDir) ?? exit('No shop is running here: npm start', 1);
const client = new ShopClient(state.gatewayUrl, await issueToken({ dataDir, name: 'admin' }));

console.log(`Warming up, then ${load.rate} orders/s for ${load.seconds} s against ${state.gatewayUrl} …`);
await checkout(client, { rate: Math.min(load.rate, 50), seconds: 3 });
const spent = watchCpu(state.processes);
const result = await checkout(client, load);

const ms = (value: number) => `${value.toFixed(1)} ms`;
console.log(`${result.confirmed} of ${result.placed} orders confirmed, ${result.shed} requests shed`);
console.log(
  `place → 202        p50 ${ms(result.accepted.p50)}  p99 ${ms(result.accepted.p99)}  max ${ms(result.accepted.max)}`,
);
console.log(
  `place → CONFIRMED  p50 ${ms(result.ended.p50)}  p99 ${ms(result.ended.p99)}  max ${ms(result.ended.max)}`,
);
console.log('CPU per order, the client’s polling included:');
for (const [name, cpu] of spent())
  console.log(`  ${name.padEnd(14)} ${ms(cpu / Math.max(1, result.placed))}`);
