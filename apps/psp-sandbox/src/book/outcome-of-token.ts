const declines: Record<string, { code: string; message: string }> = {
  tok_declined: { code: 'payment/declined', message: 'The card was declined' },
  tok_insufficient_funds: { code: 'payment/insufficient-funds', message: 'The account does not hold enough' },
};
const accepted = new Set(['tok_ok', 'tok_slow', 'tok_flaky', 'tok_lost_answer']);
const unknown = { code: 'payment/unknown-token', message: 'The payment method is not known' };

/** Why the bank declines, or undefined when it accepts. */
export const declineOf = (token: string): { code: string; message: string } | undefined =>
  accepted.has(token) ? undefined : (declines[token] ?? unknown);
