import type { Random } from '../random.ts';
import type { Kind } from './kind.ts';
import { messageKinds } from './messages.ts';
import { networkKinds } from './network.ts';
import { processKinds } from './processes.ts';
import { providerKinds } from './provider.ts';
import { serverKinds } from './servers.ts';

/** Every kind of fault there is. */
export const kinds: readonly Kind[] = [
  ...processKinds,
  ...serverKinds,
  ...networkKinds,
  ...messageKinds,
  ...providerKinds,
];

/** Those with this text in their names. */
export const kindsLike = (text: string): Kind[] => kinds.filter(({ name }) => name.includes(text));

/** So many kinds in a random order, each once before any twice. */
export function drawKinds(random: Random, count: number, from: readonly Kind[] = kinds): Kind[] {
  const drawn: Kind[] = [];
  while (drawn.length < count) drawn.push(...random.shuffled(from));
  return drawn.slice(0, count);
}
