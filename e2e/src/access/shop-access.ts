import { newId } from '@shop/contracts';
import { credentialsOf } from './credentials.ts';
import { type Operation, operations } from './operations.ts';
import { type Row, tryOut } from './run.ts';
import { Scene, type Target } from './scene.ts';

/** Has every caller try every endpoint of the apps of the target, app by app. */
export async function tryAll(
  target: Target,
  {
    only = () => true,
    tell = () => {},
  }: { only?: (operation: Operation) => boolean; tell?: (row: Row) => void } = {},
): Promise<Row[]> {
  const people = { owner: `owner-${newId()}`, other: `other-${newId()}`, nobody: `nobody-${newId()}` };
  const credentials = await credentialsOf(people, target.secretOf);
  const tried = operations().filter((operation) => operation.app in target.urls && only(operation));
  const rows: Row[] = [];
  for (const app of new Set(tried.map((operation) => operation.app))) {
    const scene = await new Scene(target, people, credentials).set();
    for (const operation of tried.filter((each) => each.app === app)) {
      const row = await tryOut(operation, scene);
      rows.push(row);
      tell(row);
    }
  }
  return rows;
}
