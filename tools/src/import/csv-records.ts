import { parse } from 'csv-parse/sync';
import type { Line } from './lines.ts';
import { columnFaults, type FileRecord } from './record.ts';
import { Rereadable } from './rereadable.ts';

/** A quoted field may span this many lines. Beyond that, a quotation mark was forgotten. */
const MOST_LINES = 100;

/** The records of a CSV file (RFC 4180; `;` and tab separate, too). A broken row costs that row: reading goes on at the next line. */
export async function* csvRecords(lines: AsyncIterator<Line>): AsyncGenerator<FileRecord> {
  const source = new Rereadable(lines);
  const header = await source.next();
  if (!header) return yield { line: 1, fields: {}, faults: ['the file is empty'] };
  const delimiter = delimiterOf(header.text);
  const names = (fieldsIn(header.text, delimiter) ?? []).map((name) => name.trim().toLowerCase());
  const faults = header.fault ? [header.fault] : columnFaults(names);
  if (faults.length > 0) return yield { line: header.number, fields: {}, faults };
  for (let lines = await together(source); lines; lines = await together(source)) {
    if (lines.length === 1 && !lines[0]!.fault && lines[0]!.text.trim() === '') continue;
    const record = recordOf(lines, names, delimiter);
    if (record.faults.length > 0) source.unread(lines.slice(1));
    yield record;
  }
}

function recordOf(lines: Line[], names: string[], delimiter: string): FileRecord {
  const [{ number, fault }] = lines as [Line];
  const broken = (reason: string): FileRecord => ({ line: number, fields: {}, faults: [reason] });
  if (fault) return broken(fault);
  const values = fieldsIn(lines.map(({ text }) => text).join('\n'), delimiter);
  if (!values)
    return broken('a quotation mark is not closed, or stands inside a field without being doubled');
  if (values.length !== names.length)
    return broken(`has ${values.length} columns where the header has ${names.length}`);
  return {
    line: number,
    fields: Object.fromEntries(names.map((name, index) => [name, values[index]])),
    faults: [],
  };
}

/** The next line, with those that follow while a quotation mark is open. */
async function together(source: Rereadable<Line>): Promise<Line[] | undefined> {
  const first = await source.next();
  if (!first) return undefined;
  const lines = [first];
  for (let open = opens(first.text); open && lines.length < MOST_LINES;) {
    const line = await source.next();
    if (!line) break;
    lines.push(line);
    if (line.fault) break;
    open = open !== opens(line.text);
  }
  return lines;
}

/** Whether a line has an odd number of quotation marks. */
const opens = (text: string): boolean => (text.length - text.replaceAll('"', '').length) % 2 === 1;

function fieldsIn(text: string, delimiter: string): string[] | undefined {
  // Most rows quote nothing, and need no parser.
  if (!text.includes('"')) return text.split(delimiter);
  try {
    const records = parse(text, { delimiter, relax_column_count: true, record_delimiter: '\0' });
    return records.length === 1 ? records[0] : undefined;
  } catch {
    return undefined;
  }
}

const delimiterOf = (header: string): string =>
  [',', ';', '\t'].toSorted((a, b) => header.split(b).length - header.split(a).length)[0]!;
