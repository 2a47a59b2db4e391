import { issueToken } from './auth.ts';
import { setStage } from './demo/stage.ts';
import { tellStory } from './demo/story.ts';
import { expectNoArguments } from './runner/arguments.ts';
import { keyFolder } from './runner/key-folder.ts';
import { paint } from './runner/paint.ts';
import { terminalProgress } from './runner/progress.ts';
import { portsFrom, StartError } from './runner/settings.ts';
import { endOnSignals } from './runner/signals.ts';
import { startShop } from './runner/start-shop.ts';
import { readState } from './runner/state.ts';

expectNoArguments(`usage: npm run demo

Places orders that end in each possible way, follows them live, and prints one trace through the services.
Starts the shop, and stops it afterwards, if none runs. Exit code 0 only when each order ended as it should.

BASE_URL  a shop that runs elsewhere, such as http://localhost:8080 after docker compose up
PSP_URL   its payment provider; http://localhost:8090`);

interface Place {
  gatewayUrl: string;
  pspUrl: string;
  collectorUrl?: string;
  pageUrl?: string;
  leave(): Promise<void>;
}

const dataDir = await keyFolder();

/** The shop of BASE_URL, the one that runs already, else one for the length of the demo. */
async function findShop(): Promise<Place> {
  const { BASE_URL, PSP_URL } = process.env;
  if (BASE_URL) {
    const pspUrl = PSP_URL || `http://localhost:${portsFrom(process.env)['psp-sandbox']}`;
    return { gatewayUrl: BASE_URL, pspUrl, leave: () => Promise.resolve() };
  }
  const state = readState(dataDir);
  if (state) return { ...state, leave: () => Promise.resolve() };
  const progress = terminalProgress();
  const signal = endOnSignals(dataDir, progress);
  progress.line(`\nNo shop runs on ${dataDir}: starting one for the demo.\n`);
  const shop = await startShop({ dataDir, ports: portsFrom(process.env), progress, signal });
  signal.addEventListener('abort', () => void shop.stop().finally(() => process.exit(130)));
  const leave = async () => {
    progress.line('\nStopping the shop.\n');
    await shop.stop();
  };
  return { gatewayUrl: shop.gatewayUrl, pspUrl: shop.pspUrl, collectorUrl: shop.collector?.url, leave };
}

async function main(): Promise<boolean> {
  const place = await findShop();
  try {
    const tokens = {
      admin: await issueToken({ dataDir, name: 'admin' }),
      customer: await issueToken({ dataDir, name: 'demo' }),
    };
    const stage = await setStage(place, tokens, (line) => console.log(line));
    const good = await tellStory(stage, place);
    console.log(
      good
        ? `\n${paint.green('Every order ended as it should.')}\n`
        : `\n${paint.red('Not every order ended as it should.')}\n`,
    );
    return good;
  } finally {
    await place.leave();
  }
}

try {
  process.exitCode = (await main()) ? 0 : 1;
} catch (error) {
  console.error(paint.red(error instanceof StartError ? error.message : String(error)));
  process.exitCode = 1;
}
