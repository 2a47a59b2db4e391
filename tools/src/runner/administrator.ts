import { issueToken } from '../auth.ts';
import { keyFolder } from './key-folder.ts';
import { dataFolder, portsFrom } from './settings.ts';
import { readState } from './state.ts';

/** `BASE_URL`, else the shop that runs on the data folder, else where it would run. */
export function defaultGateway(): string {
  if (process.env['BASE_URL']) return process.env['BASE_URL'];
  return readState(dataFolder())?.gatewayUrl ?? `http://localhost:${portsFrom(process.env).gateway}`;
}

/** `SHOP_TOKEN` for a shop elsewhere, else a token of the shop that runs here. */
export const administratorToken = async (): Promise<string> =>
  process.env['SHOP_TOKEN'] || issueToken({ dataDir: await keyFolder(), name: 'admin' });
