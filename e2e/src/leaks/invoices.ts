import { execFile } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { inflateSync } from 'node:zlib';
import { places } from '@shop/tools';
import type { OwnShop } from '../support/shop.ts';
import type { Reading } from './places.ts';

const main = new URL('../../../apps/order-invoice/dist/main.js', import.meta.url).pathname;

/** Runs the job that writes the invoices which are due, and keeps its log beside the others. */
export async function writeInvoices({ dataDir, brokers }: OwnShop, env: NodeJS.ProcessEnv): Promise<void> {
  const { logs, invoices: INVOICE_DIR } = places(dataDir);
  const job = { RUN_AS: 'job', JOB_IDLE_MS: '1000', PORT: '0', HOST: '127.0.0.1', INVOICE_DIR };
  const names = { KAFKA_BROKERS: brokers.join(','), OTEL_SERVICE_NAME: 'order-invoice' };
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--import', '@shop/tracing/preload', main],
    {
      env: { ...process.env, ...env, ...job, ...names },
      maxBuffer: 10 ** 8,
    },
  );
  writeFileSync(join(logs, 'order-invoice.log'), stdout);
}

/** What invoices and credit notes show, and whatever else is in them. */
export function readInvoices(dataDir: string): Reading[] {
  const { invoices } = places(dataDir);
  return readdirSync(invoices, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.pdf'))
    .flatMap((file) => {
      const texts = [file, ...textsOf(readFileSync(join(invoices, file)))];
      return texts.map((text) => ({ place: `invoice ${file}`, text }));
    });
}

// A text is written in Windows-1252, as hexadecimal digits, in a compressed stream.
function textsOf(pdf: Buffer): string[] {
  const streams = pdf.toString('latin1').matchAll(/stream\r?\n([^]*?)\r?\nendstream/g);
  return Array.from(streams).flatMap(([, stream = '']) => {
    const content = inflateSync(Buffer.from(stream, 'latin1')).toString('latin1');
    const shown = [...content.matchAll(/<([0-9A-F]+)>/gi)].map(([, hex = '']) => Buffer.from(hex, 'hex'));
    return [content, ...shown.map((text) => new TextDecoder('windows-1252').decode(text))];
  });
}
