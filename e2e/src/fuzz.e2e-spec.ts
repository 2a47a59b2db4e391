import { expect, it } from '@jest/globals';
import { somethingToKnow } from './fuzz/known.ts';
import { told } from './fuzz/report.ts';
import { documentOf, fuzz } from './fuzz/run.ts';
import { shop } from './support/shop.ts';

/** The same requests each time; `npm run fuzz` looks for new ones. */
const wanted = { requests: 2_000, seed: 1 };

it('the API answers 2,000 requests, right and wrong ones, as its document says, and none with a 5xx', async () => {
  const [customer, admin] = [await shop.customer(), await shop.admin()];
  const target = {
    baseUrl: shop.gatewayUrl,
    tokens: { customer: customer.token!, admin: admin.token! },
  };
  const document = await documentOf(target.baseUrl);
  const { rows, failures } = await fuzz(target, document, await somethingToKnow(target), wanted);
  expect(failures.map((failure) => told(failure, target))).toEqual([]);
  expect(rows.reduce((sum, { requests }) => sum + requests, 0)).toBeGreaterThanOrEqual(wanted.requests);
  // Requests that all fail at the door would prove little.
  for (const { endpoint, statuses } of rows)
    expect([endpoint, [...statuses.keys()].some((status) => status < 300 || status === 409)]).toEqual([
      endpoint,
      true,
    ]);
}, 180_000);
