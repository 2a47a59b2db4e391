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
    const { control, seen } = await withProbes(
      { probes: [host, neighbour], network: 'as it is', objects: [service] },
      stage,
      note,
      async () => {
        const calls = callsTo(await addressOf(host));
        const answered = [];
        for (const name of await awakeServices()) {
          stage.signal.throwIfAborted();
          note(name);
          answered.push(...(await askFrom(name, calls)));
        }
        return { control: await ask(neighbour, calls), seen: answered };
      },
    );
    const passed = seen.filter(({ answers }) => !answers.every(isStopped));
    const reached = control.filter((answer) => verdictOf(answer) === 'answered').length;
    const how = (at: number) => [...new Set(seen.map(({ answers }) => briefly(answers[at])))].join(' or ');
    return expect(
      passed.length === 0 && reached === control.length && seen.length > 0,
      [
        `${seen.length - passed.length} of ${seen.length} services are stopped: by name ${how(0)}, by address ${how(1)}`,
        `a pod outside the mesh is answered ${reached} of ${control.length} times`,
        ...passed.map(({ name, answers }) => `${name}: ${answers.map(words).join(' and ')}`),
      ].join('; '),
    );
  },
};

/** None, if the service has been scaled to nothing meanwhile. */
async function askFrom(name: string, calls: Call[]): Promise<{ name: string; answers: Answer[] }[]> {
  try {
    return [{ name, answers: await ask({ namespace: 'shop', name: `deployment/${name}` }, calls) }];
  } catch (error) {
    if ((await awakeServices()).includes(name)) throw error;
    return [];
  }
}

const callsTo = (address: string): Call[] => [
  { host: `${host.name}.${host.namespace}.svc.cluster.local`, port: 80, method: 'GET', path: '/' },
  { host: address, port: 8080, method: 'GET', path: '/' },
];

const addressOf = ({ name, namespace }: Probe): Promise<string> =>
  kubectl([`--namespace=${namespace}`, 'get', `pod/${name}`, '--output=jsonpath={.status.podIP}']);

const briefly = (answer?: Answer): string => (answer?.status ? String(answer.status) : 'cut off');

/** At once and by the sidecar: what the network drops is silent. */
const isStopped = (answer: Answer) => (answer.status === 502 && !answer.trace) || verdictOf(answer) === 'cut';
