/** A question to Prometheus, under the name that its answers get; `{{label}}` stands for a label's value. */
export type Query = [legend: string, expr: string];

const named = (labels: string[], suffix = '') =>
  [...labels.map((label) => `{{${label}}}`), suffix].join(' ').trim();
const by = (labels: string[]) => (labels.length > 0 ? ` by (${labels.join(', ')}) ` : '');

/** How often something counted happens. */
export const perSecond = (counter: string, ...labels: string[]): Query => [
  named(labels),
  `sum${by(labels)}(rate(${counter}[$__rate_interval]))`,
];

/** How much was counted in the time that the dashboard shows. */
export const inRange = (legend: string, counter: string): Query => [
  legend,
  `sum(increase(${counter}[$__range]))`,
];

/** The duration below which this share of them stays. */
export const quantile = (share: number, histogram: string, ...labels: string[]): Query => [
  named(labels, `p${share * 100}`),
  `histogram_quantile(${share}, sum by (${['le', ...labels].join(', ')}) (rate(${histogram}[$__rate_interval])))`,
];

/** Of what every replica reads from the same table: the largest, as a sum would count it twice. */
export const largest = (gauge: string, ...labels: string[]): Query => [
  named(labels),
  `max${by(labels)}(${gauge})`,
];

/** Of what every replica has for itself: all together. */
export const total = (gauge: string, ...labels: string[]): Query => [
  named(labels),
  `sum${by(labels)}(${gauge})`,
];

/** The same answers under another name. */
export const as = (legend: string, [, expr]: Query): Query => [legend, expr];
