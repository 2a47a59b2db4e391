import type { KubernetesObject, WorkloadSpec } from '../objects.ts';
import type { HpaSpec, ScaledSpec } from '../replicas.ts';
import { container, type Mistake, pod, settingsOf, spec, without } from './change.fixture.ts';

/** In what runs, with which settings, and how much of it. */
export const workloadMistakes: readonly Mistake[] = [
  {
    what: 'a migration is applied together with the services',
    breaks:
      'nothing is applied before what it needs: rules and settings, data, databases, migrations, services',
    make: (overlay) => {
      const job = overlay.find('Job', 'orders-migrations')!;
      job.metadata.annotations = { 'argocd.argoproj.io/sync-wave': '0' };
    },
  },
  {
    what: 'a container gives its port another name',
    breaks: 'every probe and every Service means a port that the container names',
    make: (overlay) => {
      container(overlay, 'catalog').ports![0]!.name = 'web';
    },
  },
  {
    what: 'readiness asks what liveness asks',
    breaks: 'every service is asked three different questions, and answers them',
    make: (overlay) => {
      container(overlay, 'orders').readinessProbe!.httpGet!.path = '/health/live';
    },
  },
  {
    what: 'a probe is removed',
    breaks: 'every service is asked three different questions, and answers them',
    make: (overlay) => void delete container(overlay, 'payments').startupProbe,
  },
  {
    what: 'a pod is killed while it drains',
    breaks: 'a pod has time to end: longer than its pause and its drain',
    make: (overlay) => {
      pod(overlay, 'orders').terminationGracePeriodSeconds = 30;
    },
  },
  {
    what: 'a pod that hangs is waited for as if it could drain',
    breaks: 'what hangs is killed soon after its pause: it will not drain',
    make: (overlay) => void delete container(overlay, 'orders').livenessProbe!.terminationGracePeriodSeconds,
  },
  {
    what: 'a setting is misspelled',
    breaks: 'every setting is read by whoever gets it',
    make: (overlay) => {
      settingsOf(overlay, 'gateway')['ORDER_URL'] = 'http://orders';
    },
  },
  {
    what: 'a setting is missing that a service does not start without',
    breaks: 'every service starts with the settings that it gets',
    make: (overlay) => void delete settingsOf(overlay, 'issuer')['AUTH_AUDIENCE'],
  },
  {
    what: 'a URL leads to another service',
    breaks: 'a service listens where its port says, and calls those that its settings should name',
    make: (overlay) => {
      settingsOf(overlay, 'gateway')['ORDERS_URL'] = 'http://catalog';
    },
  },
  {
    what: 'the brokers are called by a name that is not theirs',
    breaks: 'brokers are called by the name and port of a Service, by services and by what scales them',
    make: (overlay) => {
      settingsOf(overlay, 'kafka')['KAFKA_BROKERS'] = 'broker.data:9092';
    },
  },
  {
    what: 'a scaler asks brokers that are not there',
    breaks: 'brokers are called by the name and port of a Service, by services and by what scales them',
    make: (overlay) => {
      const [trigger] = spec<ScaledSpec>(overlay, 'ScaledObject', 'notifications').triggers;
      trigger!.metadata['bootstrapServers'] = 'kafka.shop:9092';
    },
  },
  {
    what: 'orders is given the secret of payments',
    breaks: 'every database has a Job that migrates it as its owner, and a service that uses it as its app',
    make: (overlay) => {
      for (const { secret } of pod(overlay, 'orders').volumes!) if (secret) secret.secretName = 'payments';
    },
  },
  {
    what: 'a secret file is read that nobody makes',
    breaks: 'every secret file that a pod reads is one that is made for it',
    make: (overlay) => {
      settingsOf(overlay, 'orders')['CURSOR_SECRET_FILE'] = '/run/secrets/cursor';
    },
  },
  {
    what: 'a scaler asks for the lag of a topic that its group does not consume',
    breaks: 'what scales by a topic names one that its group consumes',
    make: (overlay) => {
      spec<ScaledSpec>(overlay, 'ScaledObject', 'notifications').triggers[0]!.metadata['topic'] =
        'shop.orders.events.v2';
    },
  },
  {
    what: 'a job may work longer than its platform lets it',
    breaks: 'a function ends by itself before it is ended, and finishes what is in hand',
    make: (overlay) => {
      settingsOf(overlay, 'order-invoice')['JOB_MAX_MS'] = '600000';
    },
  },
  {
    what: 'a message may take longer than the pod that handles it has to end',
    breaks: 'a function ends by itself before it is ended, and finishes what is in hand',
    make: (overlay) => {
      settingsOf(overlay, 'notifications')['HANDLE_WITHIN_MS'] = '60000';
    },
  },
  {
    what: 'PostgreSQL has its standard number of connections',
    breaks: 'PostgreSQL has room for every pool at its greatest number of replicas',
    make: (overlay) => void delete pod(overlay, 'postgres', 'StatefulSet').containers[0]!.args,
  },
  {
    what: 'a PodDisruptionBudget keeps the last pod',
    breaks: 'a drain takes one pod at a time, and is never blocked',
    make: (overlay) => {
      const budget = spec<Record<string, unknown>>(overlay, 'PodDisruptionBudget', 'orders');
      delete budget['maxUnavailable'];
      budget['minAvailable'] = 2;
    },
  },
  {
    what: 'two say how many replicas there are',
    breaks: 'replicas have one owner: an autoscaler, KEDA, or the manifest of what there is one of',
    make: (overlay) => {
      spec<WorkloadSpec>(overlay, 'Deployment', 'orders').replicas = 3;
    },
  },
  {
    what: 'an autoscaler counts the sidecar, too',
    breaks: 'an autoscaler looks at the app alone, by processor and memory, and has room to scale',
    make: (overlay) => {
      spec<HpaSpec>(overlay, 'HorizontalPodAutoscaler', 'orders').metrics = [{ type: 'Resource' }];
    },
  },
  {
    what: 'an update may take a pod away first',
    breaks: 'an update never has less than before, except of what there is one of',
    make: (overlay) => {
      spec<WorkloadSpec>(overlay, 'Deployment', 'orders').strategy = { rollingUpdate: { maxUnavailable: 1 } };
    },
  },
  {
    what: 'all replicas may lie in one zone',
    breaks: 'replicas are spread over zones and nodes, each version for itself',
    make: (overlay) => void pod(overlay, 'orders').topologySpreadConstraints!.shift(),
  },
  {
    what: 'a container has no limit of memory',
    breaks: 'every container says what it needs, and may take 1.3 to 2 times the memory',
    make: (overlay) => void delete container(overlay, 'orders').resources!.limits,
  },
  {
    what: 'pods ask for more than a laptop has',
    breaks: 'what all pods ask for fits the nodes of kind',
    make: (overlay) => {
      container(overlay, 'orders').resources!.requests!['cpu'] = '750m';
    },
  },
  {
    what: 'the proxy of the database asks for a processor',
    breaks: 'what all pods ask for fits the nodes of kind',
    make: (overlay) => {
      const { template } = spec<WorkloadSpec>(overlay, 'StatefulSet', 'postgres');
      template.metadata!.annotations!['sidecar.istio.io/proxyCPU'] = '1';
    },
  },
  {
    what: 'a service may write to its root folder',
    breaks: 'no pod has root, a capability, a root folder to write to, or a token it does not need',
    make: (overlay) => {
      container(overlay, 'orders').securityContext!.readOnlyRootFilesystem = false;
    },
  },
  {
    what: 'an image is whatever is newest',
    breaks: 'every image is a version of an app that there is, or of somebody else',
    make: (overlay) => {
      container(overlay, 'orders').image = 'shop/orders:latest';
    },
  },
  {
    what: 'the door leads to a Service that is not there',
    breaks: 'every route of the door ends at a Service',
    make: (overlay) => without(overlay, 'Service', 'gateway'),
  },
  {
    what: 'a namespace is not guarded',
    breaks: 'every namespace enforces the strictest level',
    make: (overlay) => {
      const { labels = {} } = overlay.find('Namespace', 'shop')!.metadata as KubernetesObject['metadata'];
      labels['pod-security.kubernetes.io/enforce'] = 'baseline';
    },
  },
  {
    what: 'two services share an account',
    breaks: 'every service has an account of its own',
    make: (overlay) => {
      pod(overlay, 'payments').serviceAccountName = 'orders';
    },
  },
  {
    what: 'a claim is removed that a pod mounts',
    breaks: 'everything that a pod names is there',
    make: (overlay) => without(overlay, 'PersistentVolumeClaim', 'psp-sandbox'),
  },
  {
    what: 'services may come to more pods than the quota allows',
    breaks: 'the quota of a namespace has room for every service at its greatest',
    make: (overlay) => {
      spec<HpaSpec>(overlay, 'HorizontalPodAutoscaler', 'orders').maxReplicas = 60;
    },
  },
  {
    what: 'a secret is mounted that nobody makes',
    breaks: 'everything that a pod names is there',
    make: (overlay) => {
      pod(overlay, 'orders').volumes!.push({ name: 'more', secret: { secretName: 'order' } });
    },
  },
];
