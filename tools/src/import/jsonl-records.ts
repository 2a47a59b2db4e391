import type { Line } from './lines.ts';
import { columnFaults, type FileRecord } from './record.ts';

/** The records of a file with one JSON object per line. */
export async function* jsonlRecords(lines: AsyncIterable<Line>): AsyncGenerator<FileRecord> {
  for await (const line of lines) {
    if (line.fault || line.text.trim() !== '') yield recordOf(line);
  }
}

function recordOf({ number, text, fault }: Line): FileRecord {
  const broken = (...faults: string[]): FileRecord => ({ line: number, fields: {}, faults });
  if (fault) return broken(fault);
  const fields = parsed(text);
  if (typeof fields !== 'object' || fields === null || Array.isArray(fields))
    return broken('is not a JSON object');
  const faults = columnFaults(Object.keys(fields));
  return faults.length > 0 ? broken(...faults) : { line: number, fields: { ...fields }, faults };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
