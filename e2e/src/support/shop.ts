import { it } from '@jest/globals';
import { newId } from '@shop/contracts';
import type { DatabaseName } from '@shop/tools';
import { Client } from './client.ts';
import { tokens } from './tokens.ts';

/** A shop that was started for the tests, which may look inside it and break it. */
export interface OwnShop {
  gatewayUrl: string;
  pspUrl: string;
  dataDir: string;
  mailDir: string;
  brokers: string[];
  /** `POST /stop` and `POST /start` do so with the broker, and answer when it is done. */
  brokerSwitch: string;
  collectorUrl: string;
  urls: Record<string, string>;
  /** As the superuser, who sees what no service may. */
  databases: Record<DatabaseName, string>;
  /** As a service connects, and as its migrations do. */
  roles: Record<'app' | 'owner', Record<DatabaseName, string>>;
  /** Whatever of it must never be seen, so that a test can look for it. */
  secrets: string[];
}

const own = process.env['SHOP_UNDER_TEST']
  ? (JSON.parse(process.env['SHOP_UNDER_TEST']) as OwnShop)
  : undefined;
const gatewayUrl = process.env['BASE_URL'] || own?.gatewayUrl;
if (!gatewayUrl) throw new Error('BASE_URL is not set, and no shop was started');

const anyone = new Client(gatewayUrl);
const customer = async (name: string) => anyone.as(await tokens.sign(name));

/** The shop under test. */
export const shop = {
  gatewayUrl,
  pspUrl: process.env['PSP_URL'] || own?.pspUrl || 'http://127.0.0.1:8090',
  anyone,
  /** Everybody is somebody new, unless named. */
  customer: (name = `customer-${newId()}`) => customer(name),
  admin: () => customer('admin'),
  get own(): OwnShop {
    if (!own) throw new Error('this test needs a shop of its own');
    return own;
  },
};

/** A test that looks inside the shop; with BASE_URL it is skipped. */
export const ownShop = (name: string, test: () => void | Promise<void>, timeoutMs?: number): void =>
  own ? it(name, test, timeoutMs) : it.skip(name, test, timeoutMs);
