import { kubectl } from '../../../cluster/kubectl.ts';
import type { KubernetesObject } from '../../../manifests/objects.ts';
import { expect, type Line } from '../../line.ts';
import { type Answer, ask, type Call, verdictOf, words } from './ask.ts';
import { ours, type Probe } from './probe.ts';
import { awakeServices } from './awake.ts';
import { withProbes } from './with-probes.ts';

const elsewhere = { namespace: 'default', account: 'probe-stranger', stranger: true, plain: true };
/** Somebody whom no Sidecar names, and who would answer. */
const host: Probe = {
  name: 'probe-host',
  ...elsewhere,
  program: `require('node:http').createServer((_, answer) => answer.setHeader('x-trace-id', 'none').end()).listen(8080)`,
};
const neighbour: Probe = { name: 'probe-neighbour', ...elsewhere };
const service: KubernetesObject = {
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: host.name, namespace: host.namespace, labels: ours },
  spec: {
    selector: { 'app.kubernetes.io/name': host.name },
    ports: [{ port: 80, targetPort: 8080, appProtocol: 'http' }],
  },
};

/** Whom the services themselves may call: each asks from its own pod. */
export const egressLine: Line = {
  name: 'egress',
  claim: 'a service can call nobody who is not written down, neither by name nor by address',
  async observe(stage, note) {
    const callers = await awakeServices();
    const { control, seen } = await withProbes(
      { probes: [host, neighbour], network: 'as it is', objects: [service] },
      stage,
      note,
      async () => {
        const calls = callsTo(await addressOf(host));
        const answers = [];
        for (const name of callers) {
          stage.signal.throwIfAborted();
          note(name);
          answers.push(await ask({ namespace: 'shop', name: `deployment/${name}` }, calls));
        }
        return { control: await ask(neighbour, calls), seen: answers };
      },
    );
    const passed = callers.flatMap((name, at) =>
      (seen[at] ?? [])
        .filter((answer) => !isStopped(answer))
        .map((answer) => `${name} is not stopped by its sidecar: ${words(answer)}`),
    );
    const reached = control.filter((answer) => verdictOf(answer) === 'answered').length;
    const [byName, byAddress] = [0, 1].map(
      (at) => new Set(seen.map((answers) => briefly(answers[at] ?? {}))),
    );
    return expect(
      passed.length === 0 && reached === 2 && callers.length > 0,
      [
        `${callers.length} services: by name ${[...(byName ?? [])].join(' or ')}, by address ${[...(byAddress ?? [])].join(' or ')}`,
        `a pod outside the mesh is answered ${reached} of 2 times`,
        ...passed,
      ].join('; '),
    );
  },
};

const callsTo = (address: string): Call[] => [
  { host: `${host.name}.${host.namespace}.svc.cluster.local`, port: 80, method: 'GET', path: '/' },
  { host: address, port: 8080, method: 'GET', path: '/' },
];

const addressOf = ({ name, namespace }: Probe): Promise<string> =>
  kubectl([`--namespace=${namespace}`, 'get', `pod/${name}`, '--output=jsonpath={.status.podIP}']);

const briefly = ({ status }: Answer): string => (status ? String(status) : 'cut off');

/** At once and by the sidecar: what the network drops is silent. */
const isStopped = (answer: Answer) => (answer.status === 502 && !answer.trace) || verdictOf(answer) === 'cut';
