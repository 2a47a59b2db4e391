import { causesOf } from '@shop/resilience';

/** SQLSTATE of a PostgreSQL error, however it is wrapped. */
export function sqlState(error: unknown): string | undefined {
  return causesOf(error).find(({ code }) => /^[0-9A-Z]{5}$/.test(code ?? ''))?.code;
}
