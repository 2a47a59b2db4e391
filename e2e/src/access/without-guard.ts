import { isDeepStrictEqual } from 'node:util';
import { nameOf } from './operations.ts';
import type { RemovedGuard } from './removed-guards.ts';
import { type Program, startReplica } from './replica.ts';
import type { Row } from './run.ts';
import type { Target } from './scene.ts';
import { tryApp, tryGatewayAlone } from './shop-access.ts';

export interface Noticed {
  /** The red cells, a line for each endpoint with its callers; or what the app said when it refused to start. */
  red: string[];
  /** They are those that the guard stood for, and no other. */
  asExpected: boolean;
}

/** Starts the app once more without the guard, has every caller try it, and tells which cells of the table turned red. */
export async function withoutGuard(guard: RemovedGuard, program: Program, target: Target): Promise<Noticed> {
  const { red } = guard;
  if ('refusesToStart' in red) {
    const said = await refusal(guard, program);
    return { red: [said], asExpected: said.includes(red.refusesToStart) };
  }
  const seen = redCells(await tryWithout(guard, program, target));
  const wanted = red.at.map((at) => `${at}: ${red.callers.join(', ')}`);
  return { red: seen, asExpected: isDeepStrictEqual(seen.toSorted(), wanted.toSorted()) };
}

async function refusal(guard: RemovedGuard, program: Program): Promise<string> {
  try {
    const replica = await startReplica(program, { guard });
    await replica.stop();
    return 'it started';
  } catch (error) {
    return (error as Error).message;
  }
}

async function tryWithout(guard: RemovedGuard, program: Program, target: Target): Promise<Row[]> {
  if (guard.app === 'gateway') return tryGatewayAlone(program, target, guard);
  const replica = await startReplica(program, { guard });
  try {
    return await tryApp(guard.app, { ...target, urls: { ...target.urls, [guard.app]: replica.url } });
  } finally {
    await replica.stop();
  }
}

const redCells = (rows: Row[]) =>
  rows
    .map(({ operation, cells }) => ({ operation, wrong: cells.filter(({ right }) => !right) }))
    .filter(({ wrong }) => wrong.length > 0)
    .map(
      ({ operation, wrong }) => `${nameOf(operation)}: ${wrong.map(({ caller }) => caller.name).join(', ')}`,
    );
