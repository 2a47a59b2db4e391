import { nameOf, type Operation } from '../operations.ts';
import { catalogue } from './catalogue.ts';
import { orders } from './orders.ts';
import { provider } from './provider.ts';
import type { Trial } from './sample.ts';

const trials = { ...catalogue, ...orders, ...provider };

/** How the endpoint is tried; an endpoint that nobody said it of is a fault of its own. */
export function trialOf(operation: Operation): Trial {
  const name = nameOf(operation);
  const trial = trials[name];
  if (!trial)
    throw new Error(
      `${name} of ${operation.app} is new: give the table valid input for it in e2e/src/access/samples, so that its rule is tried`,
    );
  if (operation.method !== 'GET' && !trial.untouched)
    throw new Error(
      `${name} of ${operation.app} writes: say in e2e/src/access/samples what must be untouched by callers who are kept out`,
    );
  return trial;
}

/** What no endpoint needs any more. */
export const leftOver = (operations: readonly Operation[]): string[] =>
  Object.keys(trials).filter((name) => !operations.some((operation) => nameOf(operation) === name));
