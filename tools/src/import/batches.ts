import type { Row } from './row.ts';

const MOST_ROWS = 200;
/** Services refuse bodies over 64 KiB. */
const MOST_BYTES = 56 * 1024;

/** Gathers rows into what fits into one request. */
export async function* batches(rows: AsyncIterable<Row>): AsyncGenerator<Row[]> {
  let batch: Row[] = [];
  let bytes = 0;
  for await (const row of rows) {
    const size = Buffer.byteLength(JSON.stringify(row.item)) + 1;
    if (batch.length === MOST_ROWS || (batch.length > 0 && bytes + size > MOST_BYTES)) {
      yield batch;
      batch = [];
      bytes = 0;
    }
    batch.push(row);
    bytes += size;
  }
  if (batch.length > 0) yield batch;
}
