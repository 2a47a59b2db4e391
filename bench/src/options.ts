import { parseArgs } from 'node:util';

export const scenarioNames = [
  'checkout',
  'catalogue',
  'messaging',
  'tracing',
  'overload',
  'growth',
  'footprint',
] as const;
export type ScenarioName = (typeof scenarioNames)[number];

export interface Options {
  help: boolean;
  quick: boolean;
  only: readonly ScenarioName[];
  out: string;
}

export const usage = `usage: npm run bench -- [--quick] [--only SCENARIO]... [--out DIR]

Starts a shop of its own, measures it side by side with the least that could do the same work, and writes
results.json, README.md and plots. Needs about 30 minutes, with --quick some 5; best on an idle machine.

--quick          shorter and smaller; for a look, not for publishing
--only SCENARIO  ${scenarioNames.slice(0, 4).join(', ')},
                 ${scenarioNames.slice(4).join(', ')}; may be repeated
--out DIR        where the report goes; docs/benchmark, with --quick or --only .shop/benchmark

Exit code 0 when everything could be measured, whatever the figures; 1 when not; 2 for wrong arguments.`;

/** Throws a readable error for what it does not know. */
export function parseOptions(args: string[]): Options {
  const { values } = parseArgs({
    args,
    options: {
      quick: { type: 'boolean', default: false },
      only: { type: 'string', multiple: true, default: [] },
      out: { type: 'string' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  const only = values.only.map(scenarioOf);
  const partial = values.quick || only.length > 0;
  return {
    help: values.help,
    quick: values.quick,
    only: only.length > 0 ? only : scenarioNames,
    out: values.out ?? (partial ? '.shop/benchmark' : 'docs/benchmark'),
  };
}

function scenarioOf(name: string): ScenarioName {
  const found = scenarioNames.find((known) => known === name);
  if (!found) throw new TypeError(`there is no scenario "${name}"; there are ${scenarioNames.join(', ')}`);
  return found;
}
