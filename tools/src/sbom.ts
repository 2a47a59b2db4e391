import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { parseArgs, promisify } from 'node:util';

const help = `usage: npm run --silent sbom [-- FILE]

Writes the software bill of materials (CycloneDX 1.5, JSON) of everything in package-lock.json, for all platforms, to FILE or the
standard output. The same lockfile gives the same bytes.

Exit codes: 0 written, 1 npm could not make it, 2 wrong usage.`;

const root = new URL('../..', import.meta.url).pathname;
const file = asked();
if (file !== undefined) process.exitCode = await write(file);

function asked(): string | undefined {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: { help: { type: 'boolean', short: 'h' } },
    });
    if (values.help) return void console.log(help);
    if (positionals.length > 1) throw new Error(`too much: ${positionals.slice(1).join(' ')}`);
    return positionals[0] ?? '';
  } catch (error) {
    process.exitCode = 2;
    return void console.error(`${(error as Error).message}\n\n${help}`);
  }
}

async function write(file: string): Promise<number> {
  const args = ['sbom', '--sbom-format=cyclonedx', '--sbom-type=application', '--package-lock-only'];
  try {
    const { stdout } = await promisify(execFile)('npm', args, { cwd: root, maxBuffer: 64 * 1024 * 1024 });
    const text = `${JSON.stringify(settled(JSON.parse(stdout) as Sbom), null, 2)}\n`;
    if (file) await writeFile(file, text);
    else process.stdout.write(text);
    return 0;
  } catch (error) {
    console.error((error as { stderr?: string }).stderr || (error as Error).message);
    return 1;
  }
}

interface Sbom {
  serialNumber: string;
  metadata: { timestamp?: string; component: { name: string; 'bom-ref': string } };
  components: object[];
}

/** Without the time and the folder of this run; the serial number is made from the contents (a UUID of version 8). */
function settled(bom: Sbom): object {
  const { timestamp: _now, component, ...rest } = bom.metadata;
  const name = component['bom-ref'].replace(/@[^@]*$/, '');
  const hash = createHash('sha256').update(JSON.stringify(bom.components)).digest('hex');
  const uuid = `${hash.slice(0, 8)}-${hash.slice(8, 12)}-8${hash.slice(13, 16)}-a${hash.slice(17, 20)}-${hash.slice(20, 32)}`;
  return {
    ...bom,
    serialNumber: `urn:uuid:${uuid}`,
    metadata: { ...rest, component: { ...component, name } },
  };
}
