import { expect } from '../line.ts';
import type { Shoppers } from './shoppers.ts';
import { seen } from '../wait.ts';

/** Places an order that is accepted, and answers the id of its trace. A moment may pass before orders has heard of a new product. */
export const placed = ({ order }: Shoppers, signal: AbortSignal): Promise<string> =>
  seen(
    signal,
    async () => {
      const { status, headers } = await order();
      return expect(status === 202, headers.get('x-trace-id') ?? '');
    },
    { timeoutMs: 30_000, everyMs: 1_000 },
  );
