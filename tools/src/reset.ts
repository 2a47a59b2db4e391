import { existsSync, readdirSync, rmSync } from 'node:fs';
import { basename } from 'node:path';
import { removeOwnedFolder } from '@shop/testing';
import { expectNoArguments } from './runner/arguments.ts';
import { reapLeftovers } from './runner/leftovers.ts';
import { dataFolder, places } from './runner/settings.ts';
import { holder } from './runner/state.ts';

expectNoArguments(`usage: npm run reset

Removes the data folder (SHOP_DATA, else .shop) with all data, logs and mails. Refuses while a shop runs on it.`);

const folder = dataFolder();
const owner = holder(folder);
const ours = new Set([...Object.values(places(folder)).map((path) => basename(path)), 'runner.pid']);
const foreign = existsSync(folder) ? readdirSync(folder).filter((name) => !ours.has(name)) : [];

if (owner) {
  console.error(`a shop runs on ${folder} (process ${owner}): stop it first`);
  process.exitCode = 1;
} else if (!existsSync(folder)) {
  console.log(`nothing to remove: ${folder} does not exist`);
} else if (foreign.length > 0) {
  // SHOP_DATA is easily mistyped, and what is removed here does not come back.
  console.error(
    `${folder} is left alone, because it holds what is not the shop's: ${foreign.slice(0, 5).join(', ')}`,
  );
  process.exitCode = 1;
} else {
  await reapLeftovers(folder);
  removeOwnedFolder(places(folder).postgres);
  rmSync(folder, { recursive: true, force: true });
  console.log(`removed ${folder}`);
}
