import { randomUUID } from 'node:crypto';
import { expect, type Line } from '../../line.ts';
import { type Answer, ask, type Call } from './ask.ts';
import { absent, broken, mark, metBy } from './broken.ts';
import type { Probe } from './probe.ts';
import { inPod } from '../../../cluster/in-pod.ts';
import { withProbes } from './with-probes.ts';

const service = 'orders';
const calls = 200;

/** Counts of its own cluster, which a sidecar does not keep unless it is told to. */
const annotations = { 'sidecar.istio.io/statsInclusionPrefixes': 'cluster.outbound' };
/** Each with a sidecar of its own, because one that has met too many faults avoids them. */
const callerNamed = (name: string): Probe => ({
  name: `probe-${name}`,
  namespace: 'shop',
  account: 'gateway',
  annotations,
});
const [reads, writes, keyedWrites] = [
  callerNamed('reads'),
  callerNamed('writes'),
  callerNamed('keyed-writes'),
];

type Kind = 'GET' | 'POST' | 'keyed POST';

const request = (kind: Kind): Call => ({
  host: `${service}.shop.svc.cluster.local`,
  port: 80,
  method: kind === 'GET' ? 'GET' : 'POST',
  path: '/v1/orders',
  headers: { ...mark, ...(kind === 'keyed POST' && { 'idempotency-key': randomUUID() }) },
});

/** What is repeated: through the routes that customers' calls take, without a token, so that nothing comes of it. */
export const retryLine: Line = {
  name: 'retries',
  claim: 'a read is repeated, a write never, unless it has a key and nobody has heard it',
  async observe(stage, note) {
    const failing = broken(service);
    const answered503 = await withProbes({ probes: [reads, failing], network: 'open' }, stage, note, () =>
      eachKind(note, (kind) => whatAFaultCosts(failing, kind)),
    );
    const refused = await withProbes(
      { probes: [reads, writes, keyedWrites, absent(service)], network: 'open' },
      stage,
      note,
      () => eachKind(note, whatARefusalCosts),
    );
    const rows = [...answered503, ...refused];
    return expect(
      rows.every(({ right }) => right),
      rows.map(({ words }) => words).join('; '),
    );
  },
};

interface Row {
  right: boolean;
  words: string;
}

async function eachKind(
  note: (detail: string) => void,
  observe: (kind: Kind) => Promise<Row>,
): Promise<Row[]> {
  const rows: Row[] = [];
  for (const kind of ['GET', 'POST', 'keyed POST'] as const) {
    note(`${calls} ${kind}`);
    rows.push(await observe(kind));
  }
  return rows;
}

const call = (probe: Probe, kind: Kind): Promise<Answer[]> =>
  ask(
    probe,
    Array.from({ length: calls }, () => request(kind)),
    1,
  );

/** A pod answers 503: who reads does not notice, and who writes is told each time, because it may have taken effect. */
async function whatAFaultCosts(failing: Probe, kind: Kind): Promise<Row> {
  const before = (await metBy(failing)).length;
  const lost = lostOf(await call(reads, kind));
  const met = (await metBy(failing)).slice(before).filter(({ failed }) => failed);
  const last = Math.max(0, ...met.map(({ attempt }) => attempt));
  return {
    right: met.length >= 5 && (kind === 'GET' ? lost === 0 : lost === met.length && last === 1),
    words: `${kind}: ${met.length} of ${calls} met a pod that answers 503, ${lost} callers were told`,
  };
}

/** A pod takes no connection, so nothing has taken effect: only a write without a key is not tried at another one. */
async function whatARefusalCosts(kind: Kind): Promise<Row> {
  const probe = { GET: reads, POST: writes, 'keyed POST': keyedWrites }[kind];
  const lost = lostOf(await call(probe, kind));
  const { met, repeated } = await countsOf(probe);
  return {
    right: met > 0 && (kind === 'POST' ? lost === met && repeated === 0 : lost === 0 && repeated >= met),
    words: `${kind}: ${met} met one that takes no connection, ${repeated} repeated, ${lost} lost`,
  };
}

/** 401 by the service itself, 200 by the broken pod. */
const lostOf = (answers: readonly Answer[]): number =>
  answers.filter(({ status = 0 }) => ![401, 200].includes(status)).length;

/** As Envoy counts. */
async function countsOf(probe: Probe): Promise<{ met: number; repeated: number }> {
  const cluster = `cluster.outbound|80|stable|${service}.shop.svc.cluster.local`;
  const { name: pod, namespace } = probe;
  const text = await inPod(
    pod,
    `fetch('http://127.0.0.1:15000/stats?filter=${service}').then((answer) => answer.text()).then(console.log)`,
    { namespace },
  );
  const count = (name: string) => {
    const line = text.split('\n').find((one) => one.startsWith(cluster) && one.includes(`.${name}: `));
    if (!line) throw new Error(`the sidecar of ${probe.name} does not count ${name} of ${cluster}`);
    return Number(line.split(': ')[1]);
  };
  return { met: count('upstream_cx_connect_fail'), repeated: count('upstream_rq_retry') };
}
