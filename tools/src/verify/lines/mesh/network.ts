import { kubectl } from '../../../cluster/kubectl.ts';
import type { KubernetesObject } from '../../../manifests/objects.ts';
import { expect, type Line } from '../../line.ts';
import { type Answer, ask, type Call, words } from './ask.ts';
import type { Probe } from './probe.ts';
import { withProbes } from './with-probes.ts';

type Service = KubernetesObject<{
  type: string;
  externalIPs?: string[];
  ports: { port: number; protocol: string }[];
}>;

/** A port of a Service. */
interface Place {
  namespace: string;
  name: string;
  port: number;
}

const door = 'istio-ingress/shop-istio:80';
const ours = ['shop', 'data', 'observability', 'istio-ingress'];
/** What every pod of the mesh needs: certificates, names, and where telemetry goes. */
const everybodys =
  /^istio-system\/istiod[\w-]*:15012$|^kube-system\/kube-dns:53$|^observability\/collector:431[78]$/;
const needed = ['istio-system/istiod:15012', 'kube-system/kube-dns:53', 'observability/collector:4318'];

const stranger = { account: 'probe-stranger', stranger: true };
const inShop: Probe = { name: 'probe-plaintext', namespace: 'shop', ...stranger, plain: true };
const inData: Probe = { name: 'probe-plaintext', namespace: 'data', ...stranger, plain: true };
const outside: Probe = { name: 'probe-outside', namespace: 'default', ...stranger, plain: true };
const inMesh: Probe = { name: 'probe-stranger', namespace: 'shop', ...stranger };

/** Whom the network lets through, whatever the mesh would say. */
export const networkLine: Line = {
  name: 'network-policy',
  claim: 'the network carries no pod to where no policy lets it, and nobody in but by the door',
  async observe(stage, note) {
    const services = await servicesOf();
    const places = services.flatMap(portsOf);
    const web = places.filter(({ namespace }) => namespace === 'shop');
    const probes = [inShop, inData, outside, inMesh];
    const [shop, data, other, mesh] = await withProbes({ probes, network: 'as it is' }, stage, note, () => {
      note(`${places.length} ports`);
      return Promise.all([
        openTo(inShop, places),
        openTo(inData, places),
        openTo(outside, places),
        ask(inMesh, web.map(requestTo)),
      ]);
    });
    const faults = faultsOf({ shop, data, other, mesh, doors: services.filter(isPublic).map(nameOf) });
    const [ours, theirs] = [other.filter(isOurs), other.filter((place) => !isOurs(place))];
    return expect(
      faults.length === 0,
      [
        `of ${places.length} ports a pod of the shop without a policy reaches ${shop.length} and one of data ${data.length}, which every pod needs`,
        `through a sidecar ${mesh.filter(isThrough).length} of ${web.length} services`,
        `another namespace reaches ${ours.join(', ')} of ours and ${theirs.length} of others`,
        ...faults,
      ].join('; '),
    );
  },
};

/** What pods without a policy of their own were let through to, in `shop`, in `data` and in a namespace of others. */
interface Seen {
  shop: readonly string[];
  data: readonly string[];
  other: readonly string[];
  /** What a sidecar answered in place of each service. */
  mesh: readonly Answer[];
  /** What can be reached from outside of the cluster. */
  doors: readonly string[];
}

/** What should not have been. That some ports are open shows that the others are shut by a policy. */
export const faultsOf = ({ shop, data, other, mesh, doors }: Seen): string[] => [
  ...[...shop, ...data]
    .filter((place) => !everybodys.test(place))
    .map((place) => `a pod without a policy reaches ${place}`),
  ...needed
    .filter((place) => !shop.includes(place) || !data.includes(place))
    .map((place) => `not every pod reaches ${place}`),
  ...other
    .filter((place) => isOurs(place) && place !== door)
    .map((place) => `another namespace reaches ${place}`),
  ...(other.includes(door) ? [] : ['the door is shut']),
  ...(other.every(isOurs) ? ['a pod of another namespace reaches nothing of others'] : []),
  ...mesh.filter(isThrough).map((answer) => `through a sidecar: ${words(answer)}`),
  ...doors.filter((name) => name !== door.split(':')[0]).map((name) => `${name} is open to the outside`),
];

async function servicesOf(): Promise<Service[]> {
  const text = await kubectl(['get', 'services', '--all-namespaces', '--output=json']);
  return (JSON.parse(text) as { items: Service[] }).items;
}

const portsOf = ({ metadata: { name, namespace = '' }, spec }: Service): Place[] =>
  spec.ports.filter(({ protocol }) => protocol === 'TCP').map(({ port }) => ({ namespace, name, port }));

const isPublic = ({ metadata, spec }: Service) =>
  ours.includes(metadata.namespace ?? '') && (spec.type !== 'ClusterIP' || Boolean(spec.externalIPs));

const nameOf = ({ metadata }: Service) => `${metadata.namespace}/${metadata.name}`;
const isOurs = (place: string) => ours.some((namespace) => place.startsWith(`${namespace}/`));
const titleOf = ({ namespace, name, port }: Place) => `${namespace}/${name}:${port}`;
const hostOf = ({ namespace, name }: Place) => `${name}.${namespace}.svc.cluster.local`;
const requestTo = (place: Place): Call => ({ host: hostOf(place), port: 80, method: 'GET', path: '/' });

/** To which of the ports a pod gets a connection. A name that is not found would look like a port that is shut. */
async function openTo(probe: Probe, places: readonly Place[]): Promise<string[]> {
  const answers = await ask(
    probe,
    places.map((place) => ({ host: hostOf(place), port: place.port, hello: '' })),
    64,
  );
  const nameless = answers.find(({ error }) => /^(ENOTFOUND|EAI_)/.test(error ?? ''));
  if (nameless) throw new Error(`${probe.namespace}/${probe.name} finds no names: ${nameless.error}`);
  return places.filter((_, at) => answers[at]?.open).map(titleOf);
}

/** Not where the sidecar itself says that it got no connection, or nothing was heard. */
const isThrough = ({ status, trace, text = '', error }: Answer) =>
  error !== 'silence' && (status !== 503 || trace || !/connect|no healthy upstream/.test(text));
