import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { fileURLToPath } from 'node:url';

/** In a service's process: has it load one file of its compiled code with a piece replaced. */
const { file, from, to } = JSON.parse(process.env['ACCESS_REMOVED_GUARD']!) as Record<
  'file' | 'from' | 'to',
  string
>;

registerHooks({
  load(url, context, next) {
    if (!url.endsWith(file)) return next(url, context);
    const source = readFileSync(fileURLToPath(url), 'utf8');
    if (!source.includes(from))
      throw new Error(`there is no ${from} in ${file}; see e2e/src/access/removed-guards.ts`);
    return { format: 'module', source: source.replace(from, to), shortCircuit: true };
  },
});
