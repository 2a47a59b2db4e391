import { createReadStream } from 'node:fs';
import { access, constants } from 'node:fs/promises';
import { adminApi } from '../runner/admin-api.ts';
import { batches } from './batches.ts';
import { csvRecords } from './csv-records.ts';
import { jsonlRecords } from './jsonl-records.ts';
import { linesOf } from './lines.ts';
import { isBad, rowChecker, type BadRow, type Row } from './row.ts';
import { send } from './send.ts';

export interface ImportOptions {
  /** `.jsonl` and `.ndjson` are read as one JSON object per line, anything else as CSV. */
  file: string;
  gatewayUrl: string;
  /** With the scope `admin`. */
  token: string;
  /** Look at every row, send none. */
  dryRun?: boolean;
  /** Hears how many good rows are done so far. */
  onProgress?: (done: number) => void;
  onBadRow?: (row: BadRow) => void;
}

export interface ImportSummary {
  created: number;
  updated: number;
  unchanged: number;
  bad: number;
}

/** Brings products and opening stock of a file into a running shop, streamed. Safe to repeat: what is there already stays as it is. */
export async function importCatalogue(options: ImportOptions): Promise<ImportSummary> {
  const { file, gatewayUrl, token, dryRun = false, onProgress, onBadRow } = options;
  await access(file, constants.R_OK);
  const summary: ImportSummary = { created: 0, updated: 0, unchanged: 0, bad: 0 };
  const refuse = (row: BadRow) => {
    summary.bad += 1;
    onBadRow?.(row);
  };
  const post = adminApi(gatewayUrl, token);
  let done = 0;
  for await (const batch of batches(goodRows(file, refuse))) {
    if (!dryRun) {
      const { items, refused } = await send(post, batch);
      refused.forEach(refuse);
      for (const { outcome } of items) summary[outcome] += 1;
    }
    onProgress?.((done += batch.length));
  }
  return summary;
}

async function* goodRows(file: string, refuse: (row: BadRow) => void): AsyncGenerator<Row> {
  const lines = linesOf(createReadStream(file));
  const check = rowChecker();
  for await (const record of /\.(jsonl|ndjson)$/i.test(file) ? jsonlRecords(lines) : csvRecords(lines)) {
    const row = check(record);
    if (isBad(row)) refuse(row);
    else yield row;
  }
}
