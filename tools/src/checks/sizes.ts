/** The most lines that a file may have. */
export const MAX_LINES = 250;

/** Faults of a set of files, given as path and number of lines. */
export function oversized(files: { path: string; lines: number }[]): string[] {
  const faults = files
    .filter(({ lines }) => lines > MAX_LINES)
    .map(({ path, lines }) => `${path}: ${lines} lines, of at most ${MAX_LINES}`);
  const sorted = files.map(({ lines }) => lines).sort((a, b) => a - b);
  for (const { share, limit, label } of SHAPE) {
    const lines = sorted[Math.floor(sorted.length * share)] ?? 0;
    if (lines > limit) faults.push(`the ${label} file has ${lines} lines, of at most ${limit}`);
  }
  return faults;
}

const SHAPE = [
  { share: 0.5, limit: 60, label: 'median' },
  { share: 0.9, limit: 130, label: '90th percentile' },
];
