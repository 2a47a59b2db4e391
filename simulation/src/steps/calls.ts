import { type Fate, fates, hangs } from '../parts/wire.ts';
import type { Job, SteppedWorker } from '../parts/worker.ts';
import type { Simulation } from '../schedule/simulation.ts';
import { orderName } from '../shop/names.ts';
import { mishapOf, type Step, told } from './step.ts';

/** How long payments waits for the provider. */
const PATIENCE_MS = 5_000;

const jobsOf = (sim: Simulation, state: Job['state']): { worker: SteppedWorker; job: Job }[] => {
  const found = [];
  for (const worker of sim.shop.payments.workers)
    for (const job of worker.jobs.values()) if (job.state === state) found.push({ worker, job });
  return found;
};
const name = ({ call }: Job) =>
  `${call.step} ${orderName(call.orderId)}${call.uncertain ? ' (uncertain)' : ''}`;

/** A worker shows that it lives, and takes over what others left. */
export const look: Step = async (sim, choice) => {
  const worker = choice.one(sim.shop.payments.workers)!;
  const lost = choice.onceIn(16);
  const taken = await worker.look(lost);
  sim.note(() => `${worker.id} looks for calls${lost ? ', the answer is lost' : `: ${taken}`}`);
  if (lost) sim.saw('claim unacknowledged');
  const uncertain = [...worker.jobs.values()].some(
    ({ call, state }) => state === 'waiting' && call.uncertain,
  );
  if (taken > 0 && uncertain) sim.saw('call taken over');
  return taken > 0;
};

export const begin: Step = async (sim, choice) => {
  const found = choice.one(jobsOf(sim, 'waiting').filter(({ worker }) => worker.isAlive));
  if (!found) return false;
  sim.note(() => `${found.worker.id} begins ${name(found.job)}`);
  await found.worker.begin(found.job);
  return true;
};

/** Something becomes of a request on the wire; mostly it is answered. */
export const decide: Step = async (sim, choice) => {
  const found = choice.one(jobsOf(sim, 'calling'));
  if (!found) return false;
  const at = choice.of(12);
  return decideFate(sim, found, fates[at - 7] ?? 'answered');
};

export async function decideFate(
  sim: Simulation,
  { worker, job }: ReturnType<typeof jobsOf>[number],
  wanted: Fate,
): Promise<boolean> {
  const { signal } = job.ending;
  const { request } = sim.shop.wire.underWay.get(signal)!;
  const fate = hangs(request) ? 'times out' : wanted;
  sim.saw(`request ${hangs(request) ? 'hangs' : fate}`);
  sim.note(
    () =>
      `${worker.id}: ${name(job)} by ${request.method} ${request.path.replace(/[0-9a-f-]{36}/g, '…')} ${fate}`,
  );
  if (fate === 'times out') sim.shop.clock.pass(PATIENCE_MS);
  await sim.shop.wire.decide(signal, fate);
  await worker.moved(job);
  return true;
}

/** A request that nobody waits for reaches the provider all the same. */
export const arriveLate: Step = async (sim, choice) => {
  const { strays } = sim.shop.wire;
  if (strays.length === 0) return false;
  const index = choice.of(strays.length);
  sim.note(
    () =>
      `a forgotten ${strays[index]!.method} ${strays[index]!.path.replace(/[0-9a-f-]{36}/g, '…')} arrives`,
  );
  sim.saw('request arrives late');
  await sim.shop.wire.arriveLate(index);
  return true;
};

export const store: Step = async (sim, choice) => {
  const found = choice.one(jobsOf(sim, 'answered'));
  if (!found) return false;
  const mishap = mishapOf(choice);
  const { worker, job } = found;
  sim.note(() => `${worker.id} stores the outcome of ${name(job)}${told(mishap)}`);
  const { transactions } = sim.shop.payments;
  // Reports live with a lost commit; whether it happened they cannot know.
  await sim.risk(transactions, mishap, () => worker.store(job));
  if (mishap) sim.saw(`outcome ${mishap}`);
  return true;
};
