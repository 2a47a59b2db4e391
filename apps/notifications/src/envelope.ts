import type { SendMailOptions } from 'nodemailer';
import type { Mail } from './mail.ts';

/** A mail as nodemailer takes it. The id of the event names the message, so mail systems recognise a repeated one. */
export function envelope(mail: Mail, from: string): SendMailOptions {
  return {
    messageId: `<${mail.id}@${domainOf(from)}>`,
    date: mail.date,
    from,
    // An object is never parsed, so it can only ever be one address.
    to: { name: '', address: mail.to },
    subject: mail.subject,
    text: mail.text,
    // What a mail is about, for whoever looks for it: subjects are folded and texts encoded, a line this short is neither.
    headers: { 'X-Order-ID': mail.orderId },
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}

const domainOf = (address: string): string => /@([A-Za-z0-9.-]+)/.exec(address)?.[1] ?? 'localhost';
