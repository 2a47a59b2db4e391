import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Progress, type RoutedName, type Shop, startShop } from '@shop/tools';
import { TcpProxy } from '@shop/testing';

export interface FragileShop {
  shop: Shop;
  proxies: Record<RoutedName, TcpProxy>;
  /** Folder of the clocks' offsets. */
  clocks: string;
  stop(): Promise<void>;
}

export const newDataFolder = (): string => mkdtempSync(join(tmpdir(), 'shop-faults-'));

/** A shop of which everything can be made to fail. */
export async function startFragileShop(
  dataDir: string,
  progress: Progress,
  signal: AbortSignal,
): Promise<FragileShop> {
  // Only what runs as a process of ours can be killed and started again.
  process.env['SHOP_TESTS_INFRA'] = 'embedded';
  const proxies: Partial<Record<RoutedName, TcpProxy>> = {};
  const clocks = join(dataDir, 'clocks');
  const preload = fileURLToPath(new URL('clock.preload.ts', import.meta.url));
  const closeProxies = () => Promise.all(Object.values(proxies).map((proxy) => proxy.close()));
  try {
    const shop = await startShop({
      dataDir,
      ports: 'random',
      replicas: { orders: 2, inventory: 2, payments: 2 },
      route: async (name, port) => (proxies[name] = await TcpProxy.before(port)).port,
      env: { all: { NODE_OPTIONS: `--import=${preload}`, FAULTS_CLOCKS: clocks } },
      tracing: false,
      progress: withoutNews(progress),
      signal,
    });
    const stop = async () => {
      await shop.stop();
      await closeProxies();
    };
    return { shop, proxies: proxies as FragileShop['proxies'], clocks, stop };
  } catch (error) {
    await closeProxies();
    throw error;
  }
}

/** That processes end and are started again is what happens here all the time. */
const withoutNews = (progress: Progress): Progress => ({
  ...progress,
  line: (text = '') => text.startsWith('  ! ') || progress.line(text),
});
