/** The value below which a share `q` of the values lies; null when there are none. */
export function quantile(values: readonly number[], q: number): number | null {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.ceil(sorted.length * q) - 1] ?? null;
}

/** The same of a histogram, by a straight line inside the bucket; of what lies beyond the last bound, that bound. */
export function bucketQuantile(
  bounds: readonly number[],
  counts: readonly number[],
  q: number,
): number | null {
  const wanted = counts.reduce((sum, count) => sum + count, 0) * q;
  if (wanted === 0) return null;
  let below = 0;
  for (const [index, count] of counts.entries()) {
    if (below + count < wanted) {
      below += count;
      continue;
    }
    const lower = bounds[index - 1] ?? 0;
    const upper = bounds[index] ?? lower;
    return lower + (upper - lower) * ((wanted - below) / count);
  }
  return bounds.at(-1) ?? null;
}
