import { readFile, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { format, resolveConfig } from 'prettier';
import { sagaPage } from './docs/saga-page.ts';

const path = new URL('../../docs/saga.md', import.meta.url).pathname;
const { values } = parseArgs({ options: { check: { type: 'boolean', default: false } } });
const page = await format(sagaPage(), { ...(await resolveConfig(path)), parser: 'markdown' });

if (!values.check) {
  await writeFile(path, page);
} else if ((await readFile(path, 'utf8').catch(() => '')) !== page) {
  console.error('docs/saga.md is stale; run: npm run docs:saga');
  process.exitCode = 1;
}
