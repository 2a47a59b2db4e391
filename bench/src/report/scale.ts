export interface Scale {
  /** Where a value lies between 0 and 1. */
  at(value: number): number;
  ticks: number[];
}

/** From 0 to a round number beyond the largest value, with about five ticks. */
export function linear(values: readonly number[]): Scale {
  const most = Math.max(...values.filter(Number.isFinite), 0) || 1;
  const rough = most / 5;
  const magnitude = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 2.5, 5, 10].map((factor) => factor * magnitude).find((size) => size >= rough)!;
  const count = Math.ceil(most / step - 1e-9);
  return {
    at: (value) => value / (count * step),
    ticks: Array.from({ length: count + 1 }, (_, index) => index * step),
  };
}

/** Powers of ten around the values. */
export function logarithmic(values: readonly number[]): Scale {
  const [low, high] = [
    Math.floor(Math.log10(Math.min(...values))),
    Math.ceil(Math.log10(Math.max(...values))),
  ];
  const span = Math.max(1, high - low);
  return {
    at: (value) => (Math.log10(value) - low) / span,
    ticks: Array.from({ length: span + 1 }, (_, index) => 10 ** (low + index)),
  };
}

/** 1500 as 1.5k, so that labels stay short. */
export const short = (value: number): string => {
  const [divisor, suffix] = value >= 1e6 ? [1e6, 'M'] : value >= 1e3 ? [1e3, 'k'] : [1, ''];
  return `${Number((value / divisor).toPrecision(3))}${suffix}`;
};
