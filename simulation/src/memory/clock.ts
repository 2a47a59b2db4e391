/** The time of everything in a simulation, in milliseconds. It passes only when the schedule says so. */
export class Clock {
  now = 1_800_000_000_000;

  pass(ms: number): void {
    this.now += ms;
  }
}
