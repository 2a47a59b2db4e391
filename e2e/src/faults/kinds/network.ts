import type { RoutedName } from '@shop/tools';
import type { TcpProxy } from '@shop/testing';
import type { Random } from '../random.ts';
import type { Kind, Stroke } from './kind.ts';

const routes: Record<RoutedName, string> = {
  kafka: 'broker',
  postgres: 'database',
  'psp-sandbox': 'provider',
};

/** Draws how long it lasts, and how it begins. */
type Weakness = (random: Random) => { seconds: number; detail: string; begin: (proxy: TcpProxy) => void };

const cut: Weakness = (random) => {
  const seconds = random.between(1, 6);
  return { seconds, detail: `${seconds} s`, begin: (proxy) => proxy.cut() };
};

const slow: Weakness = (random) => {
  const [seconds, latencyMs] = [random.between(4, 8), random.between(20, 400)];
  return { seconds, detail: `${latencyMs} ms for ${seconds} s`, begin: (proxy) => proxy.slow(latencyMs) };
};

const halfOpen: Weakness = (random) => {
  const seconds = random.between(2, 8);
  return { seconds, detail: `${seconds} s`, begin: (proxy) => proxy.silence() };
};

const kindsOf = (name: string, weakness: Weakness): Kind[] =>
  (Object.entries(routes) as [RoutedName, string][]).map(([route, server]) => ({
    name: `${server} ${name}`,
    draw: (random): Stroke => {
      const { seconds, detail, begin } = weakness(random);
      return {
        target: route,
        detail,
        strike: async ({ proxies, pause }) => {
          begin(proxies[route]);
          await pause(seconds * 1_000).finally(() => proxies[route].heal());
        },
      };
    },
  }));

export const networkKinds: Kind[] = [
  ...kindsOf('connections cut', cut),
  ...kindsOf('connections slow', slow),
  ...kindsOf('connections half-open', halfOpen),
];
