import { optionValues, UsageError } from '../support/options.ts';

export const usage = `usage: npm run access -- [--mutations] [--only TEXT]

Every kind of caller tries every endpoint of every app, through the gateway and directly at the service, and must be let in or kept out
as the endpoint's rule says: its x-access in docs/api. Starts a shop of its own on free ports; with BASE_URL it tries the gateway there.

--mutations   removes one guard after another from a process of the shop, and shows which cells turn red
--only TEXT   with --mutations: only those whose name contains this

Exit status: 0 every cell is green (and every removed guard was noticed), 1 not so, 2 wrong usage.`;

export interface Options {
  mutations: boolean;
  only: string;
}

export function parseOptions(args: string[], env: NodeJS.ProcessEnv = process.env): Options | 'help' {
  const values = optionValues(args, { mutations: { type: 'boolean' }, only: { type: 'string' } });
  if (values.help) return 'help';
  if (values.mutations && env['BASE_URL'])
    throw new UsageError('--mutations needs a shop of its own, so no BASE_URL');
  return { mutations: values.mutations ?? false, only: values.only ?? '' };
}
