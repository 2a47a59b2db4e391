/** The time that the page looks back on. */
export const WINDOW_MS = 300_000;

/** Into how many pieces a small chart cuts it. */
const SLOTS = 60;
const SLOT_MS = WINDOW_MS / SLOTS;

/** The end of each piece, the latest at `now`. */
export const slotEnds = (now: number): number[] =>
  Array.from({ length: SLOTS }, (_, index) => now - (SLOTS - 1 - index) * SLOT_MS);

/** How much of the window there has been, in seconds; at least one, so that a first request is no flood. */
export const secondsSince = (since: number, now: number): number => Math.max(1, (now - since) / 1_000);
