import { accessSync, constants, mkdirSync, statfsSync } from 'node:fs';
import { holderOf, isTaken } from './ports-in-use.ts';
import { type PortName, type Ports, portVariable, StartError } from './settings.ts';

const LEAST_DISK = 1 << 30;

/** Finds everything that would stop the start, and names all of it at once, with what is known already. */
export async function preflight(dataDir: string, ports: Ports, known: string[] = []): Promise<void> {
  const taken = await Promise.all(
    (Object.keys(ports) as PortName[]).map((name) => portFault(name, ports[name])),
  );
  const faults = [...known, ...folderFaults(dataDir), ...taken.flat()];
  if (faults.length > 0) throw new StartError(faults.join('\n'));
}

function folderFaults(dataDir: string): string[] {
  try {
    mkdirSync(dataDir, { recursive: true });
    accessSync(dataDir, constants.W_OK);
  } catch {
    return [`${dataDir} cannot be written. Set SHOP_DATA to a folder that can`];
  }
  const { bavail, bsize } = statfsSync(dataDir);
  if (bavail * bsize >= LEAST_DISK) return [];
  return [
    `only ${Math.round((bavail * bsize) / 2 ** 20)} MB are free at ${dataDir}; 1 GB is needed. SHOP_DATA chooses another place`,
  ];
}

async function portFault(name: PortName, port: number): Promise<string[]> {
  if (!(await isTaken(port))) return [];
  const holder = await holderOf(port);
  return [
    `port ${port} for ${name} is taken${holder ? ` by process ${holder}` : ''}. Stop it, or set ${portVariable(name)}`,
  ];
}
