import { readFile, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { format, resolveConfig } from 'prettier';
import { toGrafana } from './dashboards/grafana.ts';
import { dashboards } from './dashboards/index.ts';

const { values } = parseArgs({ options: { check: { type: 'boolean', default: false } } });

for (const dashboard of dashboards) {
  const file = `observability/grafana/dashboards/${dashboard.uid}.json`;
  const path = new URL(`../../${file}`, import.meta.url).pathname;
  const page = await format(JSON.stringify(toGrafana(dashboard)), {
    ...(await resolveConfig(path)),
    parser: 'json',
  });
  if (!values.check) {
    await writeFile(path, page);
  } else if ((await readFile(path, 'utf8').catch(() => '')) !== page) {
    console.error(`${file} is stale; run: npm run docs:dashboards`);
    process.exitCode = 1;
  }
}
