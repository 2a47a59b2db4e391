const units: Record<string, number> = { ms: 0.001, s: 1, m: 60, h: 3_600 };

/** `1500ms` → 1.5; nothing is 0. */
export function seconds(duration = '0s'): number {
  const [, number = '', unit = ''] = /^(\d+)(ms|s|m|h)$/.exec(duration) ?? [];
  const factor = units[unit];
  if (factor === undefined) throw new Error(`"${duration}" is no duration`);
  return Number(number) * factor;
}
