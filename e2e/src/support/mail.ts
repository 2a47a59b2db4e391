import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { shop } from './shop.ts';

/** The e-mail about an order whose subject begins so. Throws while there is none. */
export async function mailAbout(orderId: string, subject: string): Promise<string> {
  const { mailDir } = shop.own;
  const files = (await readdir(mailDir)).filter((name) => name.endsWith('.eml'));
  const mails = (await Promise.all(files.map((name) => readFile(join(mailDir, name), 'utf8')))).map((text) =>
    text.replaceAll('\r\n', '\n'),
  );
  const found = mails.filter((mail) => mail.includes(orderId) && mail.includes(`Subject: ${subject}`));
  if (found.length !== 1)
    throw new Error(`${found.length} of ${mails.length} e-mails are about order ${orderId}`);
  return found[0]!;
}
