import { writeFileSync } from 'node:fs';
import { argumentsOf, type CustomerArguments } from './customers/arguments.ts';
import { Customer } from './customers/customer.ts';
import { mailFolder, mailsAbout } from './customers/mails.ts';
import { runForCustomer } from './customers/run.ts';
import { administratorToken, defaultGateway } from './runner/administrator.ts';
import { terminalProgress } from './runner/progress.ts';

const USAGE = `usage: npm run --silent export -- CUSTOMER [--out FILE] [--gateway URL]

Writes all that the shop holds about a customer as one JSON value, by the service that holds it (GDPR, articles 15 and 20).

CUSTOMER   the customer's id: the "sub" of their token
--out      into this file, which only you can read, instead of to stdout
--gateway  default: BASE_URL, else the shop that runs on the data folder, else http://localhost:8080

docs/personal-data.md says what is held where, and what is held elsewhere and not in here.
SHOP_TOKEN gives the administrator's token for a shop elsewhere.
Exit status: 0 written, 1 the shop could not tell everything, 2 wrong usage.`;

async function run({ customer: id, gatewayUrl, out }: CustomerArguments): Promise<number> {
  const progress = terminalProgress(process.stderr);
  const customer = new Customer(id, gatewayUrl, await administratorToken());
  const orders = await progress.step('orders', async (note) => {
    const found = await customer.orders();
    note(`${found.length} orders with address and timeline`);
    return found;
  });
  const ids = orders.map(({ order }) => order.id);
  const payments = await progress.step('payments', async (note) => {
    const found = await customer.payments(ids);
    note(`${found.length} payments with their ledger`);
    return found;
  });
  const folder = mailFolder(gatewayUrl);
  const notifications = folder ? mailsAbout(folder, new Set(ids)) : [];
  const exported = {
    customer: id,
    at: new Date().toISOString(),
    services: { orders, payments, notifications },
  };
  const text = `${JSON.stringify(exported, null, 2)}\n`;
  if (out) writeFileSync(out, text, { mode: 0o600 });
  else process.stdout.write(text);
  return 0;
}

const parse = (argv: string[]) => argumentsOf(argv, 'out', defaultGateway);
process.exitCode = await runForCustomer(USAGE, parse, run);
