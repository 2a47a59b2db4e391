import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { it } from '@jest/globals';
import { type Browser, chromium } from 'playwright-core';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];

/** The Chromium of this machine: the one that `CHROMIUM` names, else the first on the PATH. */
function chromiumPath(): string | undefined {
  if (process.env['CHROMIUM']) return process.env['CHROMIUM'];
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  return folders.flatMap((folder) => names.map((name) => join(folder, name))).find(isExecutable);
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

const executablePath = chromiumPath();
if (!executablePath)
  process.stderr.write('NOT TESTED in a browser: no Chromium on the PATH, and CHROMIUM names none\n');

/** A test in a real Chromium. Where there is none it is skipped, which is said aloud. */
export function inChromium(
  name: string,
  test: (browser: Browser) => Promise<void>,
  timeoutMs?: number,
): void {
  if (!executablePath) return it.skip(name, () => {});
  const run = async () => {
    // Chromium's own sandbox does not work for root.
    const args = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
    const browser = await chromium.launch({ executablePath, args });
    try {
      await test(browser);
    } finally {
      await browser.close();
    }
  };
  it(name, run, timeoutMs);
}
