import '../quiet.ts';
import { parentPort } from 'node:worker_threads';
import { type Exploration, explore, type Found } from '../schedule/explore.ts';
import type { Tally } from '../schedule/simulation.ts';

export type Task = Pick<Exploration, 'schedules' | 'seed' | 'mutation'>;
export type Told = { ran: number } | { failed: true } | { done: true; tally: Tally; found?: Found };

const TELL_EVERY = 100;

parentPort!.on('message', (task: Task) => void work(task));

async function work(task: Task): Promise<void> {
  const tally: Tally = {};
  let ran = 0;
  const tell = (told: Told) => parentPort!.postMessage(told);
  let failed = false;
  const found = await explore(
    {
      ...task,
      // What runs after a failure only makes it smaller.
      ran: () => !failed && ++ran % TELL_EVERY === 0 && tell({ ran: TELL_EVERY }),
      failed: () => !failed && tell({ failed: (failed = true) }),
    },
    tally,
  );
  tell({ ran: ran % TELL_EVERY });
  tell({ done: true, tally, found });
}
