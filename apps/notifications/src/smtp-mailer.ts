import { PermanentError, TransientError } from '@shop/messaging';
import { createTransport } from 'nodemailer';
import { envelope } from './envelope.ts';
import type { Mail, Mailer } from './mail.ts';

/** Milliseconds a mail server may take to answer anything. Together less than HANDLE_WITHIN_MS, so that it is the server that is blamed. */
const patience = { connectionTimeout: 4_000, greetingTimeout: 4_000, socketTimeout: 6_000 };

/** Hands e-mails to a mail server, over few connections that stay open. */
export class SmtpMailer implements Mailer {
  private readonly transport;

  constructor(
    url: string,
    private readonly from: string,
  ) {
    this.transport = createTransport({ url, pool: true, maxConnections: 4, ...patience });
  }

  async send(mail: Mail): Promise<void> {
    try {
      await this.transport.sendMail(envelope(mail, this.from));
    } catch (error) {
      throw classified(error as Error & { responseCode?: number; code?: string });
    }
  }

  async close(): Promise<void> {
    this.transport.close();
  }
}

/** Mail servers repeat whom they refuse, and errors end up in logs and in the headers of dead letters. */
const withoutAddresses = (text: string): string => text.replace(/<?[^\s<>]+@[^\s<>]+>?/g, '<address>');

/** RFC 5321, 4.2.1: 4yz may succeed later, 5yz will not. Without an answer the server itself is missing, so all other mail must wait too. */
function classified(error: Error & { responseCode?: number; code?: string }): Error {
  const { responseCode = 0, code } = error;
  const aboutThisMail = code === 'EENVELOPE' || code === 'EMESSAGE';
  if (aboutThisMail && responseCode >= 500)
    return new PermanentError(`the mail server refused: ${withoutAddresses(error.message)}`);
  if (responseCode >= 400)
    return new TransientError(`the mail server put it off: ${withoutAddresses(error.message)}`);
  return new MailServerUnavailable(error);
}

/** The code is what messaging knows a lost connection by; nodemailer replaces it by its own. */
class MailServerUnavailable extends Error {
  readonly code = 'ECONNREFUSED';

  constructor(cause: Error) {
    super(`the mail server does not answer: ${withoutAddresses(cause.message)}`);
  }
}
