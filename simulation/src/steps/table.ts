import { arriveLate, begin, decide, look, store } from './calls.ts';
import { commitOffset, consume, dieAtRest, postpone, relay, repeatOld, retry } from './messages.ts';
import { cancel, place, placeNext, refund, refundRegretted } from './people.ts';
import type { Step } from './step.ts';
import { expire, reap, reconcile, wait } from './time.ts';

/** What happens by itself as long as nothing goes wrong. */
const course = [placeNext, refundRegretted, relay, consume, look, begin, decide, store];

/** One ordinary step: the first that there is to do, beginning anywhere. */
const proceed: Step = async (sim, choice) => {
  const first = choice.of(course.length);
  for (let at = 0; at < course.length; at++)
    if (await course[(first + at) % course.length]!(sim, choice)) return true;
  return false;
};

const weights: [weight: number, step: Step][] = [
  [27, proceed],
  [5, relay],
  [6, consume],
  [2, postpone],
  [2, retry],
  [2, repeatOld],
  [2, commitOffset],
  [1, dieAtRest],
  [2, look],
  [2, begin],
  [3, decide],
  [1, arriveLate],
  [2, store],
  [1, place],
  [1, cancel],
  [1, refund],
  [1, wait],
  [1, reap],
  [1, expire],
  [1, reconcile],
];

/** Each step as often as it weighs: 64 places, the ordinary first. */
export const steps: readonly Step[] = weights.flatMap(([weight, step]) =>
  Array.from({ length: weight }, () => step),
);
