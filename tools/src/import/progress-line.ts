const QUIET_MS = 5_000;

/** Tells how far an import is: on a terminal in one line that changes, elsewhere in a line every few seconds. */
export function progressLine(out: NodeJS.WriteStream, now: () => number = () => performance.now()) {
  const since = now();
  let told = since;
  const erase = () => void (out.isTTY && out.write('\r\x1b[2K'));
  return {
    tell(done: number): void {
      if (now() - told < (out.isTTY ? 100 : QUIET_MS)) return;
      told = now();
      erase();
      out.write(`${rate(done, told - since)}${out.isTTY ? '' : '\n'}`);
    },
    /** Makes room for a line that stays. */
    erase,
    total: (done: number): string => rate(done, now() - since),
  };
}

const rate = (done: number, ms: number): string =>
  `${done} rows in ${(ms / 1000).toFixed(1)} s (${ms > 0 ? Math.round((done * 1000) / ms) : done} rows/s)`;
