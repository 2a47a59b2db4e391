import { setTimeout as pause } from 'node:timers/promises';
import { argumentsOf, type CustomerArguments } from './customers/arguments.ts';
import { confirmed } from './customers/confirmed.ts';
import { Customer } from './customers/customer.ts';
import { mailFolder, mailsAbout, removeMails } from './customers/mails.ts';
import { type Erased, report } from './customers/report.ts';
import { runForCustomer } from './customers/run.ts';
import { administratorToken, defaultGateway } from './runner/administrator.ts';
import { paint } from './runner/paint.ts';
import { type Progress, terminalProgress } from './runner/progress.ts';

const USAGE = `usage: npm run erase -- CUSTOMER [--yes] [--gateway URL]

Deletes what identifies a customer and is needed for nothing any more (GDPR, article 17), and says what stays and why.
Close their account at the identity provider first, so that nothing new comes in. Orders under way keep their address until they end;
this waits some minutes for them, longer than an order may take. It can be repeated.

CUSTOMER   the customer's id: the "sub" of their token
--yes      do not ask
--gateway  default: BASE_URL, else the shop that runs on the data folder, else http://localhost:8080

docs/personal-data.md says what is held where, and how long.
SHOP_TOKEN gives the administrator's token for a shop elsewhere.
Exit status: 0 erased, 1 something is left or the shop did not answer, 2 wrong usage.`;

// Longer than RESERVE_TIMEOUT_MS, AUTHORISE_TIMEOUT_MS and twice COMPLETE_TIMEOUT_MS of orders: the states that an order may spend waiting.
const PATIENCE_MS = 200_000;
// Each look is an erasure, and goes on record.
const PAUSE_MS = 5_000;

async function run({ customer: id, gatewayUrl, yes }: CustomerArguments): Promise<number> {
  if (!yes && !(await confirmed(id, gatewayUrl))) {
    console.error('Nothing was erased.');
    return 1;
  }
  const progress = terminalProgress();
  const customer = new Customer(id, gatewayUrl, await administratorToken());
  const erased = await erase(customer, progress);
  const mails = await progress.step('notifications', async (note) => {
    const folder = mailFolder(gatewayUrl);
    if (!folder) return void note('mails of this shop are not here');
    const orders = await customer.orders();
    const found = mailsAbout(folder, new Set(orders.map(({ order }) => order.id)));
    removeMails(folder, found);
    note(`${found.length} mails deleted`);
    return found.length;
  });
  console.log(report(id, { ...erased, mails }));
  if (erased.underWay === 0) return 0;
  console.error(
    paint.yellow(
      `${erased.underWay} of the orders are still under way and keep their address. Run this again when they have ended.`,
    ),
  );
  return 1;
}

function erase(customer: Customer, progress: Progress): Promise<Omit<Erased, 'mails'>> {
  return progress.step('orders', async (note) => {
    const end = performance.now() + PATIENCE_MS;
    let addresses = 0;
    for (;;) {
      const erasure = await customer.erase();
      addresses += erasure.addresses;
      note(
        `${addresses} addresses deleted${erasure.underWay > 0 ? `, ${erasure.underWay} orders under way` : ''}`,
      );
      if (erasure.underWay === 0 || performance.now() > end) return { ...erasure, addresses };
      await pause(PAUSE_MS);
    }
  });
}

const parse = (argv: string[]) => {
  const given = argumentsOf(argv, 'yes', defaultGateway);
  if (given && !given.yes && !process.stdin.isTTY) throw new Error('there is nobody to ask: give --yes');
  return given;
};
process.exitCode = await runForCustomer(USAGE, parse, run);
