import { globSync } from 'node:fs';
import { dashboards, queriesOf } from '../dashboards/index.ts';
import { readMoments, readRules, testsFolder } from './files.ts';
import type { Promtool } from './promtool.ts';

interface Check {
  title: string;
  what: string;
  /** Resolves to what is wrong, or to nothing. */
  run(promtool: Promtool): Promise<string | undefined>;
}

/** What promtool can say about the files in observability/. */
export function checksOf(root: string): Check[] {
  const rules = readRules(root);
  const alerts = new Set(rules.flatMap(({ alert }) => alert ?? []));
  const moments = readMoments(root);
  const queries = dashboards.flatMap(queriesOf);
  return [
    {
      title: 'configuration',
      what: `prometheus.yml, ${rules.length} rules`,
      run: ({ run }) =>
        fault(run(['check', 'config', '--lint-fatal', 'observability/prometheus/prometheus.yml'])),
    },
    {
      title: 'alerts',
      what: `${alerts.size} alerts at ${moments.length} moments`,
      run: ({ run }) =>
        fault(run(['test', 'rules', ...globSync(`${testsFolder}/*.yaml`, { cwd: root }).sort()])),
    },
    {
      title: 'dashboards',
      what: `${queries.length} queries`,
      run: ({ run }) => fault(run(['check', 'rules'], asRules(queries))),
    },
  ];
}

async function fault(answer: ReturnType<Promtool['run']>): Promise<string | undefined> {
  const { code, output } = await answer;
  return code === 0 ? undefined : output || `promtool ended with exit code ${code}`;
}

/** Queries in the form in which promtool checks them: Grafana's variables filled in, each one a rule. JSON is YAML. */
function asRules(queries: string[]): string {
  const rules = queries.map((query, index) => ({
    record: `query_${index}`,
    expr: query
      .replaceAll('$__rate_interval', '5m')
      .replaceAll('$__range', '1h')
      .replaceAll('$job', 'orders'),
  }));
  return JSON.stringify({ groups: [{ name: 'dashboards', rules }] });
}
