import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { dataFolder, places } from '../runner/settings.ts';
import { readState } from '../runner/state.ts';

export interface StoredMail {
  file: string;
  content: string;
}

/** The folder into which the shop at this gateway writes its mails; undefined when it is not the one that runs here. */
export function mailFolder(gatewayUrl: string): string | undefined {
  const dataDir = dataFolder();
  return readState(dataDir)?.gatewayUrl === gatewayUrl ? places(dataDir).mail : undefined;
}

/** Each mail is about one order, and names it in a header that is never folded or encoded. */
export function mailsAbout(folder: string, orderIds: ReadonlySet<string>): StoredMail[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((file) => file.endsWith('.eml'))
    .map((file) => ({ file, content: readFileSync(join(folder, file), 'utf8') }))
    .filter(({ content }) => orderIds.has(/^X-Order-ID: ([0-9a-f-]{36})\r?$/im.exec(content)?.[1] ?? ''));
}

export function removeMails(folder: string, mails: readonly StoredMail[]): void {
  for (const { file } of mails) rmSync(join(folder, file), { force: true });
}
