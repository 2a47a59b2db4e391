import { freePort } from '@shop/testing';
import { portNames, type Ports } from './settings.ts';

export async function randomPorts(): Promise<Ports> {
  const ports = new Set<number>();
  while (ports.size < portNames.length) ports.add(await freePort());
  return Object.fromEntries([...ports].map((value, index) => [portNames[index], value])) as Ports;
}
