import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FileMailer } from './file-mailer.ts';
import type { Mail } from './mail.ts';

const aMail = (given: Partial<Mail> = {}): Mail => ({
  id: '01936f2a-0000-7000-8000-000000000009',
  date: new Date('2030-01-01T12:00:00Z'),
  orderId: '01936f2a-0000-7000-8000-000000000001',
  to: 'alice@customers.shop.test',
  subject: 'Your order is confirmed',
  text: 'Hello,\n\nTotal: EUR 19.99\n',
  ...given,
});

describe('mail written to a folder', () => {
  let folder: string;
  let mailer: FileMailer;

  beforeEach(async () => {
    folder = join(await mkdtemp(join(tmpdir(), 'mail-')), 'not', 'yet', 'there');
    mailer = new FileMailer(folder, 'The shop <orders@shop.test>');
  });
  afterEach(() => rm(join(folder, '../../..'), { recursive: true }));

  const written = async () => readFile(join(folder, (await readdir(folder))[0]!), 'utf8');

  it('is a message by RFC 5322, named after its event', async () => {
    await mailer.send(aMail());
    expect(await readdir(folder)).toEqual(['01936f2a-0000-7000-8000-000000000009.eml']);
    const [head, ...body] = (await written()).split('\r\n\r\n');
    expect(head!.split('\r\n')).toEqual(
      expect.arrayContaining([
        'From: The shop <orders@shop.test>',
        'To: alice@customers.shop.test',
        'Subject: Your order is confirmed',
        'Message-ID: <01936f2a-0000-7000-8000-000000000009@shop.test>',
        'Date: Tue, 01 Jan 2030 12:00:00 +0000',
        'Content-Type: text/plain; charset=utf-8',
      ]),
    );
    expect(body.join('\r\n\r\n')).toBe('Hello,\r\n\r\nTotal: EUR 19.99\r\n');
  });

  it('names its order in a line of its own, in whatever script the rest is', async () => {
    await mailer.send(
      aMail({ subject: '您的訂單已確認（訂單 01936f2a-0000-7000-8000-000000000001）', text: '一個琺瑯杯\n' }),
    );
    expect(await written()).toMatch(/^X-Order-ID: 01936f2a-0000-7000-8000-000000000001\r$/m);
  });

  it('replaces itself when its event is delivered again', async () => {
    await mailer.send(aMail());
    const first = await written();
    await mailer.send(aMail());
    expect(await readdir(folder)).toHaveLength(1);
    expect(await written()).toBe(first);
  });

  it('gets no header from what others wrote', async () => {
    await mailer.send(aMail({ subject: 'Hi\r\nBcc: eve@evil.test', to: 'a\r\nBcc: eve@evil.test' }));
    expect(await written()).not.toMatch(/^bcc:/im);
  });

  it('stays in its folder, whatever its id', async () => {
    await mailer.send(aMail({ id: '../../outside' }));
    expect(await readdir(folder)).toEqual(['______outside.eml']);
  });
});
