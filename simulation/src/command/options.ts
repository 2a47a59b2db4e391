import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { type MutationName, mutationNames } from '../mutations/mutations.ts';

export const usage = `Usage: npm run simulate -- [--schedules N] [--seed S] [--workers W] [--mutate NAME]
       npm run simulate -- --seed S --path P [--mutate NAME]
       npm run simulate -- --mutations [--seed S]

Runs the services' own rules over tables, topics and a clock in memory, through N random schedules of deliveries,
crashes, lost answers, deadlines and requests, and checks after each that no promise is broken.

  --schedules N   how many; 20000 unless told otherwise
  --seed S        chooses the schedules; random unless told otherwise, and printed
  --workers W     threads; as many as there are cores unless told otherwise
  --path P        repeats one violation, step by step
  --mutate NAME   breaks one promise on purpose: ${mutationNames.join(', ')}
  --mutations     breaks each of them in turn, and tells after how many schedules that was noticed

Exit codes: 0 no violation (with --mutations: each was noticed), 1 otherwise, 2 wrong usage, 130 interrupted.`;

export interface Options {
  schedules: number;
  seed: number;
  workers: number;
  path?: string;
  mutate?: MutationName;
  mutations: boolean;
}

/** Throws an error that says what is wrong; undefined when only help is wanted. */
export function readOptions(args: string[]): Options | undefined {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean', default: false } as const;
  const { values } = parseArgs({
    args,
    options: {
      ...{ schedules: text, seed: text, workers: text, path: text, mutate: text },
      ...{ mutations: flag, help: { ...flag, short: 'h' } },
    },
  });
  if (values.help) return undefined;
  const { path, mutate, mutations } = values;
  if (path !== undefined && values.seed === undefined)
    throw new RangeError('--path needs the --seed that it was printed with');
  if (mutate !== undefined && !isMutation(mutate)) throw new RangeError(`there is no mutation ${mutate}`);
  return {
    schedules: whole('--schedules', values.schedules ?? '20000', 1, 1_000_000_000),
    seed: whole('--seed', values.seed ?? String(randomSeed()), -(2 ** 31), 2 ** 31 - 1),
    workers: whole('--workers', values.workers ?? String(availableParallelism()), 1, 256),
    path,
    mutate,
    mutations,
  };
}

const isMutation = (name: string): name is MutationName => mutationNames.some((each) => each === name);
const randomSeed = () => Math.floor(Math.random() * 2 ** 31);

function whole(name: string, text: string, least: number, most: number): number {
  const value = Number(text);
  if (!/^-?\d+$/.test(text) || value < least || value > most)
    throw new RangeError(`${name} must be a whole number from ${least} to ${most}, not ${text}`);
  return value;
}
