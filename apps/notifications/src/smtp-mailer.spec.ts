import { inspect } from 'node:util';
import { afterEach, describe, expect, it } from '@jest/globals';
import { classify } from '@shop/messaging';
import { SmtpMailer } from './smtp-mailer.ts';
import { startMailServer, type MailServer } from './mail-server.fixture.ts';

const mail = {
  id: 'event-1',
  date: new Date('2030-01-01T12:00:00Z'),
  orderId: '01936f2a-0000-7000-8000-000000000001',
  to: 'alice@customers.shop.test',
  subject: 'Your order is confirmed',
  text: 'Hello\n',
};

describe('mail sent by SMTP', () => {
  let server: MailServer | undefined;
  let mailer: SmtpMailer | undefined;
  afterEach(async () => {
    await mailer?.close();
    await server?.stop();
  });

  const sendTo = async (answers: Parameters<typeof startMailServer>[0] = {}) => {
    server = await startMailServer(answers);
    mailer = new SmtpMailer(server.url, 'The shop <orders@shop.test>');
    await mailer.send(mail);
  };
  const kindOf = (sending: Promise<void>) => sending.then(() => 'sent', classify);

  it('reaches its recipient with a Message-ID made from the event', async () => {
    await sendTo();
    expect(server!.received).toEqual([
      expect.objectContaining({ from: 'orders@shop.test', to: ['alice@customers.shop.test'] }),
    ]);
    expect(server!.received[0]!.text).toContain('Message-ID: <event-1@shop.test>\r\n');
  });

  it('is sent again later when the server puts it off', async () => {
    expect(await kindOf(sendTo({ recipient: '451 try again later' }))).toBe('transient');
  });

  it('is given up when the server will never take it', async () => {
    expect(await kindOf(sendTo({ recipient: '550 no such mailbox' }))).toBe('permanent');
  });

  it('is given up without telling whom it was for', async () => {
    const refusal = sendTo({ recipient: '550 5.1.1 <alice@customers.shop.test>: no such user' });
    const error = await refusal.catch((refused: Error) => refused);
    expect(inspect(error)).toContain('5.1.1 <address>: no such user');
    expect(inspect(error)).not.toContain('alice');
  });

  it('waits with all others while the server closes connections', async () => {
    expect(await kindOf(sendTo({ greeting: '421 closing' }))).not.toBe('permanent');
  });

  it('waits with all others while there is no server', async () => {
    server = await startMailServer();
    await server.stop();
    mailer = new SmtpMailer(server.url, 'orders@shop.test');
    expect(await kindOf(mailer.send(mail))).toBe('infrastructure');
  });
});
