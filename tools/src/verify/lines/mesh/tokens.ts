import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { signingAlgorithm } from '@shop/identity/keys';
import { type JWTPayload, SignJWT } from 'jose';
import { signerOf } from '../../../auth.ts';
import { door } from '../../../manifests/code/edges.ts';
import { expect, type Line } from '../../line.ts';
import { type Answer, askUntilDecided, type Call } from './ask.ts';
import type { Probe } from './probe.ts';
import { withProbes } from './with-probes.ts';

const customer: Probe = {
  name: 'probe-customer',
  namespace: 'shop',
  account: 'probe-stranger',
  stranger: true,
  plain: true,
};
const gateway: Probe = { name: 'probe-gateway', namespace: 'shop', account: 'gateway' };

const doorOf = { host: `${door.account}.${door.namespace}.svc.cluster.local`, path: '/v1/orders' };
/** Who believes what a token says, and a route that wants one. */
const services = [
  { host: 'catalog.shop.svc.cluster.local', path: '/v1/admin/audit/catalog' },
  { host: 'inventory.shop.svc.cluster.local', path: '/v1/admin/audit/inventory' },
  { host: 'orders.shop.svc.cluster.local', path: '/v1/orders' },
  { host: 'payments.shop.svc.cluster.local', path: '/v1/payments/00000000-0000-4000-8000-000000000000' },
];

/** An administrator's token but for one thing, and what becomes of it. */
interface Case {
  what: string;
  claims?: JWTPayload;
  key?: KeyObject;
  unsent?: true;
  door: string;
  services: string;
}

const inTenMinutes = 600;
const now = () => Math.floor(Date.now() / 1_000);

const cases = (): Case[] => {
  const { privateKey: key } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const byMesh = (status: number) => ({ door: `${status} by the mesh`, services: `${status} by the mesh` });
  return [
    // The services decide themselves what needs one: their catalogue is for everybody.
    { what: 'no token', unsent: true, door: '403 by the mesh', services: '401 by the service' },
    { what: 'one signed by another key', key, ...byMesh(401) },
    { what: 'of another issuer', claims: { iss: 'https://issuer.example' }, ...byMesh(401) },
    { what: 'for another audience', claims: { aud: 'another-shop' }, ...byMesh(403) },
    { what: 'expired', claims: { exp: now() - inTenMinutes }, ...byMesh(401) },
    { what: 'a good one', door: 'let in', services: 'let in' },
  ];
};

/** Whom the mesh believes. */
export const tokenLine: Line = {
  name: 'tokens',
  claim: 'the mesh refuses tokens that are not good, at the door and again before each service',
  async observe(stage, note) {
    const tried = cases();
    const headers = await Promise.all(tried.map((one) => headersOf(one, stage.dataDir)));
    const [atDoor, atServices] = await withProbes(
      { probes: [customer, gateway], network: 'open' },
      stage,
      note,
      async () => {
        note('calling');
        const ask = (probe: Probe, places: Place[]) =>
          askUntilDecided(probe, callsOf(places, headers), stage.signal);
        return [await ask(customer, [doorOf]), await ask(gateway, services)] as const;
      },
    );
    const seen = tried.map(({ what, ...expected }, at) => {
      const door = byWhom(atDoor[at] ?? {});
      const each = new Set(services.map((_, place) => byWhom(atServices[place * tried.length + at] ?? {})));
      const inside = [...each].join(' or ');
      return {
        right: door === expected.door && inside === expected.services,
        words: `${what} ${door === inside ? door : `${door}, behind it ${inside}`}`,
      };
    });
    return expect(
      seen.every(({ right }) => right),
      `at the door and before ${services.length} services: ${seen.map(({ words }) => words).join('; ')}`,
    );
  },
};

type Place = (typeof services)[number];
type Headers = Record<string, string>;

const callsOf = (places: readonly Place[], each: readonly Headers[]): Call[] =>
  places.flatMap((place) => each.map((headers) => ({ ...place, port: 80, method: 'GET', headers })));

async function headersOf({ claims, key, unsent }: Case, dataDir: string): Promise<Headers> {
  if (unsent) return {};
  const { kid, privateKey, issuer, audience } = signerOf(dataDir, {});
  const payload = {
    iss: issuer,
    aud: audience,
    sub: 'admin',
    scope: 'orders admin',
    iat: now() - inTenMinutes,
  };
  const token = await new SignJWT({ ...payload, exp: now() + inTenMinutes, ...claims })
    .setProtectedHeader({ alg: signingAlgorithm, kid, typ: 'JWT' })
    .sign(key ?? privateKey);
  return { authorization: `Bearer ${token}` };
}

/** Only an application says which trace an answer belongs to. */
function byWhom({ status = 0, trace, error }: Answer): string {
  if (!status) return `no answer (${error})`;
  if (!trace) return `${status} by the mesh`;
  return [401, 403].includes(status) || status >= 500 ? `${status} by the service` : 'let in';
}
