import { quantiles } from '../measure/quantiles.ts';
import { asker } from './ask.ts';
import type { Job, LoadResult, Sent, Stream } from './job.ts';
import { closedLoop, openLoop } from './loops.ts';

// A process of its own, so that neither the benchmark's bookkeeping nor what it measures shares a thread with the clock.
process.on('message', (job: Job) => void run(job).then((result) => process.send!(result)));
process.on('disconnect', () => process.exit());
// Ctrl-C reaches the whole group; the benchmark decides when this ends.
process.on('SIGINT', () => {});

async function run({ seconds, streams }: Job): Promise<LoadResult> {
  const lags: number[] = [];
  const before = process.cpuUsage();
  const startedAt = Date.now();
  const sent = await Promise.all(streams.map((stream) => send(stream, seconds, lags)));
  const { user, system } = process.cpuUsage(before);
  return {
    startedAt,
    endedAt: startedAt + seconds * 1_000,
    streams: sent,
    generator: { cpuMs: (user + system) / 1_000, lag: quantiles(lags) },
  };
}

async function send(stream: Stream, seconds: number, lags: number[]): Promise<Sent> {
  const { ask, close } = asker(stream);
  const [intended, latency, status, ids]: [number[], number[], number[], string[]] = [[], [], [], []];
  let next = 0;
  const one = async (at: number) => {
    const index = next++;
    const answer = await ask(index);
    intended[index] = performance.timeOrigin + at;
    latency[index] = performance.now() - at;
    status[index] = answer.status;
    ids[index] = answer.id;
  };
  const { pace } = stream;
  if ('connections' in pace) await closedLoop(pace.connections, seconds, () => one(performance.now()));
  else
    await openLoop(pace.rate, seconds, (at) => {
      lags.push(performance.now() - at);
      return one(at);
    });
  await close();
  return {
    name: stream.name,
    intended: Float64Array.from(intended),
    latency: Float64Array.from(latency),
    status: Uint16Array.from(status),
    ids,
  };
}
