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
    const web = places.filter(({ namespace, port }) => namespace === 'shop' && port === 80);
    const probes = [inShop, inData, outside, inMesh];
    const [shop, data, other, mesh] = await withProbes(
      { probes, network: 'as it is' },
      stage,
      note,
      async () => {
        note(`${places.length} ports`);
        return Promise.all([
          openTo(inShop, places),
          openTo(inData, places),
          openTo(outside, places),
          ask(inMesh, web.map(requestTo)),
        ]);
      },
    );
    const guests = other.filter((title) => ours.some((namespace) => title.startsWith(`${namespace}/`)));
    const through = mesh.filter((answer) => !isLost(answer));
    const doors = services.filter(isPublic).map(({ metadata }) => `${metadata.namespace}/${metadata.name}`);
    const faults = [
      ...[...shop, ...data]
        .filter((title) => !everybodys.test(title))
        .map((title) => `a pod without a policy reaches ${title}`),
      ...guests.filter((title) => title !== door).map((title) => `another namespace reaches ${title}`),
      ...(['istio-system/istiod:15012', 'kube-system/kube-dns:53'].every((title) => shop.includes(title))
        ? []
        : ['a pod of the shop does not reach what every pod needs']),
      ...(guests.includes(door) ? [] : ['the door is shut']),
      ...(other.length > guests.length ? [] : ['a pod of another namespace reaches nothing at all']),
      ...through.map((answer) => `through a sidecar: ${words(answer)}`),
      ...(doors.join() === 'istio-ingress/shop-istio' ? [] : [`outside of the cluster: ${doors.join(', ')}`]),
    ];
    return expect(
      faults.length === 0,
      [
        `of ${places.length} ports a pod of the shop without a policy reaches ${shop.length} and one of data ${data.length}, which every pod needs`,
        `through a sidecar 0 of ${web.length} services`,
        `another namespace reaches ${guests.join(', ')} of ours and ${other.length - guests.length} of others`,
        ...faults,
      ].join('; '),
    );
  },
};

async function servicesOf(): Promise<Service[]> {
  const text = await kubectl(['get', 'services', '--all-namespaces', '--output=json']);
  return (JSON.parse(text) as { items: Service[] }).items;
}

const portsOf = ({ metadata: { name, namespace = '' }, spec }: Service): Place[] =>
  spec.ports.filter(({ protocol }) => protocol === 'TCP').map(({ port }) => ({ namespace, name, port }));

const isPublic = ({ metadata, spec }: Service) =>
  ours.includes(metadata.namespace ?? '') && (spec.type !== 'ClusterIP' || Boolean(spec.externalIPs));

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

/** The sidecar itself says that it got no connection. */
const isLost = ({ status, trace, text = '', error }: Answer) =>
  error === 'silence' || (status === 503 && !trace && /connect|no healthy upstream/.test(text));
