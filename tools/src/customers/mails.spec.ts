import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mailsAbout, removeMails } from './mails.ts';

const [theirs, another] = ['01936f2a-0000-7000-8000-000000000001', '01936f2a-0000-7000-8000-000000000002'];

/** As it looks when neither subject nor text is Latin. */
const aMail = (orderId: string) =>
  [
    'From: The shop <orders@shop.test>',
    'Subject: =?UTF-8?B?5oKo55qE6KiC5Zau5bey56K66KqN77yI6KiC5ZauIDAx?=',
    ' =?UTF-8?B?OTM2ZjJh77yJ?=',
    `X-Order-ID: ${orderId}`,
    'Content-Type: text/plain; charset=utf-8',
    'Content-Transfer-Encoding: base64',
    '',
    Buffer.from(`訂單 ${orderId}\n一個琺瑯杯\n`).toString('base64'),
    '',
  ].join('\r\n');

describe('the mails about orders', () => {
  let folder: string;
  beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'mails-'))));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('are found whatever script they are in, and nobody else’s', () => {
    writeFileSync(join(folder, 'a.eml'), aMail(theirs));
    writeFileSync(join(folder, 'b.eml'), aMail(another));
    const found = mailsAbout(folder, new Set([theirs]));
    expect(found).toEqual([{ file: 'a.eml', content: aMail(theirs) }]);
    removeMails(folder, found);
    expect(readdirSync(folder)).toEqual(['b.eml']);
  });

  it('are none where there is no folder', () => {
    expect(mailsAbout(join(folder, 'elsewhere'), new Set([theirs]))).toEqual([]);
  });
});
