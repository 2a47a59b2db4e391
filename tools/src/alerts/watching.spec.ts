import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { dashboards, queriesOf } from '../dashboards/index.ts';
import { readMetrics, readMoments, readRules } from './files.ts';
import { namesIn } from './promql.ts';

const root = join(import.meta.dirname, '../../..');
const rules = readRules(root);
const alerts = rules.filter(({ alert }) => alert);
const names = [...new Set(alerts.map(({ alert = '' }) => alert))];
const moments = readMoments(root);
const runbooks = join(root, 'docs/runbooks');
const pages = globSync('*.md', { cwd: runbooks }).map((file) => file.replace('.md', ''));
const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: object };

/** What there is to ask for: what the services emit, what rules record, and what Prometheus itself knows. */
const known = new Map<string, string[]>([
  ...readMetrics(root),
  ...rules.flatMap(({ record = [] }) => record).map((record): [string, string[]] => [record, ['slo']]),
  ['up', []],
  ['ALERTS', ['alertname', 'alertstate', 'severity']],
]);

/** Names of a query that nobody emits. */
function unknownIn(query: string): string[] {
  const { metrics, labels } = namesIn(query);
  const has = new Set(['job', 'instance', ...metrics.flatMap((metric) => known.get(metric) ?? [])]);
  return [...metrics.filter((metric) => !known.has(metric)), ...labels.filter((label) => !has.has(label))];
}

describe('what watches the shop', () => {
  it.each(rules.map(({ alert, record, expr }) => [alert ?? record, expr]))(
    '%s asks for metrics and labels that there are',
    (_, expr = '') => expect(unknownIn(expr)).toEqual([]),
  );

  it.each(dashboards.map((dashboard) => [dashboard.title, dashboard] as const))(
    'the dashboard %s asks for metrics and labels that there are',
    (_, dashboard) => expect(queriesOf(dashboard).flatMap(unknownIn)).toEqual([]),
  );

  it.each(names)('%s has a page that says what to do', (alert) => {
    const page = `docs/runbooks/${alert}.md`;
    expect(existsSync(join(root, page))).toBe(true);
    const named = alerts
      .filter((rule) => rule.alert === alert)
      .map(({ annotations }) => annotations?.['runbook']);
    expect(new Set(named)).toEqual(new Set([page]));
    expect(readFileSync(join(runbooks, 'README.md'), 'utf8')).toContain(`(${alert}.md)`);
  });

  it.each(pages)('the commands of %s are those of package.json', (page) => {
    const text = readFileSync(join(runbooks, `${page}.md`), 'utf8');
    const commands = [...text.matchAll(/npm run ([\w:]+)/g)].map(([, name = '']) => name);
    expect(commands.filter((name) => !(name in scripts))).toEqual([]);
  });

  it('no page is left over from an alert that is gone', () => {
    expect(pages.filter((page) => page !== 'README' && !names.includes(page))).toEqual([]);
  });

  it.each(alerts.map(({ alert, labels }) => [alert, labels?.['severity']]))(
    '%s (%s) is tested when it should fire and when it should not',
    (alert, severity) => {
      const fires = ({ exp_alerts = [] }: (typeof moments)[number]) =>
        exp_alerts.some(({ exp_labels }) => exp_labels['severity'] === severity);
      const mine = moments.filter(({ alertname }) => alertname === alert);
      expect(mine.filter(fires)).not.toEqual([]);
      expect(mine.filter((moment) => !fires(moment))).not.toEqual([]);
    },
  );
});
