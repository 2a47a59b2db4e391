import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

/** A recording rule (`record`) or an alert. */
export interface Rule {
  record?: string;
  alert?: string;
  expr: string;
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
}

/** One moment at which a unit test says which alerts fire. */
export interface Moment {
  alertname: string;
  exp_alerts?: { exp_labels: Record<string, string> }[];
}

export const rulesFolder = 'observability/prometheus/rules';
export const testsFolder = 'observability/prometheus/tests';

/** All rules of Prometheus. */
export const readRules = (root: string): Rule[] =>
  yamlIn<{ groups: { rules: Rule[] }[] }>(root, rulesFolder).flatMap(({ groups }) =>
    groups.flatMap(({ rules }) => rules),
  );

/** All moments of the unit tests of the rules. */
export const readMoments = (root: string): Moment[] =>
  yamlIn<{ tests: { alert_rule_test?: Moment[] }[] }>(root, testsFolder).flatMap(({ tests }) =>
    tests.flatMap(({ alert_rule_test = [] }) => alert_rule_test),
  );

/** The labels of each metric in the tables of docs/metrics.md, a histogram under its three names. */
export function readMetrics(root: string): Map<string, string[]> {
  const metrics = new Map<string, string[]>();
  for (const line of readFileSync(join(root, 'docs/metrics.md'), 'utf8').split('\n')) {
    const [, names = '', kind = '', labels = ''] = line.split('|');
    for (const name of quoted(names)) {
      const series = kind.trim() === 'histogram' ? ['_bucket', '_sum', '_count'] : [''];
      for (const suffix of series)
        metrics.set(name + suffix, [...quoted(labels), ...(suffix === '_bucket' ? ['le'] : [])]);
    }
  }
  return metrics;
}

const quoted = (cell: string): string[] => [...cell.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name);

const yamlIn = <T>(root: string, folder: string): T[] =>
  globSync('*.yaml', { cwd: join(root, folder) })
    .sort()
    .map((file) => parse(readFileSync(join(root, folder, file), 'utf8')) as T);
