import { parseArgs } from 'node:util';
import { writePage } from './page.ts';

const { values } = parseArgs({ options: { check: { type: 'boolean', default: false } } });
const fault = await writePage(values.check).catch((error: Error) => error.message);
if (fault) {
  console.error(fault);
  process.exitCode = 1;
}
