import { type Caller, callers, expected } from './callers.ts';
import { nameOf, type Operation } from './operations.ts';
import type { Red, RemovedGuard } from './removed-guards.ts';
import { type Program, startReplica } from './replica.ts';
import type { Row } from './run.ts';
import type { Target } from './scene.ts';
import { operationsOf, tryApp, tryGatewayAlone } from './shop-access.ts';

/** What turned red and what had to, a line for each endpoint with its callers; or what the app said when it refused to start. */
export interface Noticed {
  red: string[];
  wanted: string[];
}

/** Starts the app once more without the guard, has every caller try it, and tells which cells of the table turned red. */
export async function withoutGuard(guard: RemovedGuard, program: Program, target: Target): Promise<Noticed> {
  const { app, red } = guard;
  if ('refusesToStart' in red) {
    const { refusesToStart: words } = red;
    const said = await refusal(guard, program);
    return { red: [said.includes(words) ? words : said], wanted: [words] };
  }
  const rows = await tryWithout(guard, program, target);
  const seen = rows.map(({ operation, cells, touched }) => {
    const wrong = cells.filter(({ right }) => !right).map(({ caller }) => caller);
    return line(operation, wrong, touched);
  });
  const wanted = operationsOf(target)
    .filter((operation) => operation.app === app && (red.at?.includes(nameOf(operation)) ?? true))
    .map((operation) =>
      line(operation, callersOf(red, operation), operation.method !== 'GET' && !red.harmless),
    );
  return { red: seen.flat(), wanted: wanted.flat() };
}

const callersOf = (red: Red, { access }: Operation): Caller[] =>
  callers.filter((caller) => red.callers.includes(caller.name) && expected(access, caller) === red.verdict);

function line(operation: Operation, red: readonly Caller[], touched: boolean): string[] {
  const names = red.map(({ name }) => name).join(', ');
  return names ? [`${nameOf(operation)}: ${names}${touched ? '; with effect' : ''}`] : [];
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
