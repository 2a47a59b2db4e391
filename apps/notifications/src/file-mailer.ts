import { mkdir, rename, writeFile } from 'node:fs/promises';
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
    await mkdir(this.folder, { recursive: true });
    const path = join(this.folder, `${mail.id.replace(/[^A-Za-z0-9-]/g, '_')}.eml`);
    const unfinished = `${path}.${process.pid}.part`;
    await writeFile(unfinished, message);
    await rename(unfinished, path);
  }

  async close(): Promise<void> {}
}
