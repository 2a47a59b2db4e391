/** The services' defaults. */
export const settings = {
  limits: { reserve: 10_000, authorise: 45_000, complete: 45_000, refund: 10_000 },
  reservationTtlMs: 180_000,
  leaseMs: 6_000,
  reconcileAfterMs: 60_000,
  authorisationTtlMs: 7 * 24 * 3_600_000,
};
