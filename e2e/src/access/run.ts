import { isDeepStrictEqual } from 'node:util';
import { type Caller, callers, expected, type Verdict } from './callers.ts';
import type { Operation } from './operations.ts';
import { trialOf } from './samples/index.ts';
import type { Trial } from './samples/sample.ts';
import { type Scene, send } from './scene.ts';

/** What one caller was answered by one endpoint. */
export interface Cell {
  caller: Caller;
  expected: Verdict;
  status: number;
  right: boolean;
}

export interface Row {
  operation: Operation;
  cells: Cell[];
  /** Callers who were kept out had an effect all the same. */
  touched: boolean;
}

/** Lets callers try the endpoint: first those who must be kept out, whose attempts must leave no trace; then the others. */
export async function tryOut(
  operation: Operation,
  scene: Scene,
  among: readonly Caller[] = callers,
): Promise<Row> {
  const trial = trialOf(operation);
  const attempt = (caller: Caller) => tryAs(caller, { operation, trial, scene });
  const isIn = (caller: Caller) => expected(operation.access, caller) === 'in';
  const before = await trial.untouched?.(scene);
  const keptOut = await Promise.all(among.filter((caller) => !isIn(caller)).map(attempt));
  const touched = !isDeepStrictEqual(before, await trial.untouched?.(scene));
  const letIn = await Promise.all(among.filter(isIn).map(attempt));
  const cells = [...keptOut, ...letIn];
  return {
    operation,
    touched,
    cells: among.map((caller) => cells.find((cell) => cell.caller === caller)!),
  };
}

async function tryAs(
  caller: Caller,
  { operation, trial, scene }: { operation: Operation; trial: Trial; scene: Scene },
): Promise<Cell> {
  const verdict = expected(operation.access, caller);
  const { path, body, headers } = await trial.sample({ scene, operation, letIn: verdict === 'in' });
  const text = body === undefined ? '' : JSON.stringify(body);
  const proof = scene.credentials.get(caller.name)!(operation.access, text);
  const url = scene.target.urls[operation.app] + path;
  const response = await send({ method: operation.method, url, headers: { ...headers, ...proof }, body });
  await response.body?.cancel();
  const { status } = response;
  const right = verdict === 'in' ? status >= 200 && status < 300 : status === verdict;
  return { caller, expected: verdict, status, right };
}

export const isGreen = ({ cells, touched }: Row): boolean => !touched && cells.every(({ right }) => right);
