import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createTransport } from 'nodemailer';
import { envelope } from './envelope.ts';
import type { Mail, Mailer } from './mail.ts';

/** Writes e-mails into a folder as `<event id>.eml`: one that is sent again replaces itself, and nobody reads half of one. */
export class FileMailer implements Mailer {
  private readonly composer = createTransport({ streamTransport: true, buffer: true, newline: 'windows' });

  constructor(
    private readonly folder: string,
    private readonly from: string,
  ) {}

  async send(mail: Mail): Promise<void> {
    const { message } = await this.composer.sendMail(envelope(mail, this.from));
    const path = join(this.folder, `${mail.id.replace(/[^A-Za-z0-9-]/g, '_')}.eml`);
    const unfinished = `${path}.${process.pid}.part`;
    // Synchronous: some microseconds for a small file, where four trips to a thread take longer and wake it each time.
    mkdirSync(this.folder, { recursive: true });
    writeFileSync(unfinished, message as Buffer);
    renameSync(unfinished, path);
  }

  async close(): Promise<void> {}
}
