/** Sizes and times of the messaging loops; the defaults are for production, tests shorten them. */
export interface Tuning {
  /** Most messages that one transaction handles. */
  maxBatch: number;
  /** Messages of one partition in memory beyond which it is no longer fetched. */
  maxQueued: number;
  /** Tries in place of a transient failure, before the retry topic. */
  tries: number;
  /** Most time that a handler of a stateless service may take for one message; then it counts as failed. */
  handleWithinMs: number;
  triesBaseMs: number;
  /** One round through the retry topic for each delay; then the dead-letter topic. */
  retryDelaysMs: readonly number[];
  /** Pauses while database or broker are out of reach. */
  outageBaseMs: number;
  outageMaxMs: number;
  commitEveryMs: number;
  commitEveryMessages: number;
  /** How long a lane stays with a relay that has stopped answering. */
  leaseMs: number;
  /** Between two rounds of renewing leases and looking for rows that nobody announced. */
  roundMs: number;
  /** Most rows and bytes of one request to the broker. */
  sendRows: number;
  sendBytes: number;
  /** How long sent rows gather before they are deleted. */
  cleanAfterMs: number;
  /** Transactions that may be under way at once, over all partitions. */
  concurrency: number;
  /** Least time between the starts of two transactions of a consumer, or two requests of a relay. The first after a rest starts at once. */
  paceMs: number;
}

export const defaults: Tuning = {
  maxBatch: 100,
  maxQueued: 500,
  tries: 3,
  handleWithinMs: 15_000,
  triesBaseMs: 50,
  retryDelaysMs: [2_000, 10_000, 30_000],
  outageBaseMs: 200,
  outageMaxMs: 5_000,
  commitEveryMs: 1_000,
  commitEveryMessages: 5_000,
  leaseMs: 10_000,
  roundMs: 2_000,
  sendRows: 500,
  sendBytes: 512 * 1024,
  cleanAfterMs: 50,
  concurrency: 2,
  paceMs: 5,
};
