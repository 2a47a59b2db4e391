import type { Probe } from './probe.ts';
import { inPod } from '../../../cluster/in-pod.ts';

/** A request that the broken pod has met. */
export interface Met {
  /** Which attempt it was, as Envoy counts. */
  attempt: number;
  failed: boolean;
}

/** Marks a call as one of ours, because customers may come, too. */
export const mark = { 'x-verify': 'retries' };

/**
 * Fails, and keeps account of it. Every fourth call succeeds, or the pod would be left alone (consecutiveGatewayErrors in
 * istio/services/_service).
 */
const failing = `
const { createServer } = require('node:http');
const met = [];
createServer(({ headers }, answer) => {
  const failed = met.length % 4 !== 3;
  if (headers['x-verify'])
    met.push({ attempt: Number(headers['x-envoy-attempt-count']), failed });
  answer.writeHead(failed ? 503 : 200).end();
}).listen(8080);
createServer((_, answer) => answer.end(JSON.stringify(met))).listen(8081, '127.0.0.1');
`;

/** Looks like a pod of a service: its Service and its stable subset choose it. */
const asOneOf = (service: string) => ({
  namespace: 'shop',
  account: service,
  labels: { 'app.kubernetes.io/name': service, track: 'stable' },
});

/** Answers 503. */
export const broken = (service: string): Probe => ({
  name: `probe-broken-${service}`,
  ...asOneOf(service),
  program: failing,
});

/** Nobody is at home: every connection is refused. */
export const absent = (service: string): Probe => ({
  name: `probe-absent-${service}`,
  ...asOneOf(service),
  plain: true,
});

/** What a broken pod has met so far. */
export async function metBy({ name, namespace }: Probe): Promise<Met[]> {
  const program = "fetch('http://127.0.0.1:8081').then((answer) => answer.text()).then(console.log)";
  return JSON.parse(await inPod(name, program, { namespace })) as Met[];
}
