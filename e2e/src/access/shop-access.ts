import { newId } from '@shop/contracts';
import { callers, expected } from './callers.ts';
import { credentialsOf } from './credentials.ts';
import { type Operation, operations } from './operations.ts';
import { type Program, startReplica } from './replica.ts';
import type { RemovedGuard } from './removed-guards.ts';
import { type Row, tryOut } from './run.ts';
import { Scene, type Target } from './scene.ts';

/** The endpoints of those apps that the target has. */
export const operationsOf = ({ urls }: Target): Operation[] => operations().filter(({ app }) => app in urls);

/** Has every caller try every endpoint of the target. */
export async function tryAll(target: Target, tell: (row: Row) => void = () => {}): Promise<Row[]> {
  const rows: Row[] = [];
  for (const app of new Set(operationsOf(target).map((operation) => operation.app)))
    rows.push(...(await tryApp(app, target, tell)));
  return rows;
}

/** Has every caller try every endpoint of one app. */
export const tryApp = (app: string, target: Target, tell?: (row: Row) => void): Promise<Row[]> =>
  tryRows(target, { app, tell, among: () => callers });

const nothing = 'http://127.0.0.1:9';
const withNothingBehind = { CATALOG_URL: nothing, INVENTORY_URL: nothing, ORDERS_URL: nothing };

/**
 * Has the callers whom a token's scope must keep out try a gateway with nothing behind it. Elsewhere a service would refuse them, too, and
 * hide that the gateway does not.
 */
export async function tryGatewayAlone(
  program: Program,
  target: Target,
  guard?: RemovedGuard,
): Promise<Row[]> {
  const replica = await startReplica(program, { guard, change: withNothingBehind });
  try {
    const urls = { ...target.urls, gateway: replica.url };
    const among = ({ access }: Operation) =>
      callers.filter((caller) => [401, 403].includes(expected(access, caller) as number));
    return await tryRows({ ...target, urls }, { app: 'gateway', among });
  } finally {
    await replica.stop();
  }
}

interface Trying {
  app: string;
  among: (operation: Operation) => typeof callers;
  tell?: (row: Row) => void;
}

async function tryRows(target: Target, { app, among, tell }: Trying): Promise<Row[]> {
  const people = { owner: `owner-${newId()}`, other: `other-${newId()}`, nobody: `nobody-${newId()}` };
  const scene = await new Scene(target, people, await credentialsOf(people, target.secretOf)).set();
  const rows: Row[] = [];
  for (const operation of operationsOf(target).filter((each) => each.app === app)) {
    const row = await tryOut(operation, scene, among(operation));
    rows.push(row);
    tell?.(row);
  }
  return rows;
}
