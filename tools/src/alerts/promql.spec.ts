import { describe, expect, it } from '@jest/globals';
import { namesIn } from './promql.ts';

describe('the names in a query', () => {
  it.each([
    ['up == 0', ['up'], []],
    [
      'sum by (job, le) (rate(a_total{code=~"5..",path!="/x"}[5m]))',
      ['a_total'],
      ['code', 'path', 'job', 'le'],
    ],
    [
      'slo:burn_rate:1h{slo="a"} > 14.4 and slo:burn_rate:5m > 1e3',
      ['slo:burn_rate:1h', 'slo:burn_rate:5m'],
      ['slo'],
    ],
    ['histogram_quantile(0.95, sum by(le)(rate(b_bucket[$__rate_interval])))', ['b_bucket'], ['le']],
    ['a / on (job) group_left (team) b offset 1h unless c', ['a', 'b', 'c'], ['job', 'team']],
    ['a or 0 * sum without (x) (a) or vector(0)', ['a'], ['x']],
    ['a{text="b{c=\\"d\\"} and e"}', ['a'], ['text']],
  ])('%s', (query, metrics, labels) => {
    expect(namesIn(query)).toEqual({ metrics, labels });
  });
});
