import { container, type Mistake, settingsOf, spec, without } from './change.fixture.ts';
import type { HpaSpec } from '../replicas.ts';

/** In what a platform has and a laptop does not: operators, a store, names of its own, several zones. */
export const platformMistakes: readonly Mistake[] = [
  {
    what: 'brokers and servers ask for more than their namespace may have',
    breaks: 'the quota of a namespace has room for every service at its greatest',
    where: 'staging',
    make: (overlay) => {
      spec<{ hard: Record<string, string> }>(overlay, 'ResourceQuota', 'data').hard['requests.memory'] =
        '16Gi';
    },
  },
  {
    what: 'a broker asks for more than a container may have',
    breaks: 'no container takes more memory than its namespace lets one take',
    where: 'production',
    make: (overlay) => {
      const { limits } = spec<{ limits: { max: object }[] }>(overlay, 'LimitRange', 'containers', 'data');
      limits[0]!.max = { memory: '2Gi' };
    },
  },
  {
    what: 'brokers keep their capabilities',
    breaks: 'brokers of an operator are as strict as every other pod',
    where: 'production',
    make: (overlay) => {
      const { kafka } = spec<{ kafka: { template: Record<string, unknown> } }>(overlay, 'Kafka', 'kafka');
      delete kafka.template['kafkaContainer'];
    },
  },
  {
    what: 'a canary is judged by a Prometheus that is not there',
    breaks: 'whoever judges or draws asks somebody who is there',
    where: 'staging',
    make: (overlay) => {
      const { args } = spec<{ args: { name: string; value?: string }[] }>(
        overlay,
        'AnalysisTemplate',
        'answers',
      );
      for (const arg of args)
        if (arg.name === 'prometheus') arg.value = 'http://prometheus.observability.svc.cluster.local:9090';
    },
  },
  {
    what: 'the Prometheus of an operator is not let in',
    breaks: 'Prometheus is let in where it reads, whoever runs it',
    where: 'production',
    make: (overlay) =>
      void spec<{ ingress: object[] }>(overlay, 'NetworkPolicy', 'collector', 'observability').ingress.pop(),
  },
  {
    what: 'a URL asks for TLS by no authority',
    breaks: 'whoever uses a database of an operator knows it by its certificate',
    where: 'production',
    make: (overlay) => {
      delete spec<{ target: { template?: object } }>(overlay, 'ExternalSecret', 'orders').target.template;
    },
  },
  {
    what: 'brokers make their authority when they start, and clients wait for it before',
    breaks:
      'an operator finds what it is told to read, and the authority of its servers is there before them',
    where: 'production',
    make: (overlay) => void delete spec<{ clusterCa?: object }>(overlay, 'Kafka', 'kafka').clusterCa,
  },
  {
    what: 'the key of an authority is not fetched',
    breaks:
      'an operator finds what it is told to read, and the authority of its servers is there before them',
    where: 'staging',
    make: (overlay) =>
      void spec<{ data: object[] }>(overlay, 'ExternalSecret', 'postgres-server-ca').data.pop(),
  },
  {
    what: 'who draws the mesh may not ask for traces',
    breaks: 'whoever judges or draws asks somebody who is there',
    make: (overlay) =>
      void spec<{ ingress: object[] }>(overlay, 'NetworkPolicy', 'jaeger', 'observability').ingress.pop(),
  },
  {
    what: 'Jobs on several nodes share what one can mount',
    breaks: 'what several pods write to at once, several nodes can mount',
    where: 'production',
    make: (overlay) => {
      spec<{ accessModes: string[] }>(overlay, 'PersistentVolumeClaim', 'invoices').accessModes = [
        'ReadWriteOnce',
      ];
    },
  },
  {
    what: 'people are sent to a laptop to sign in',
    breaks: 'browsers sign in at the name that tokens say, by TLS wherever that is not a laptop',
    where: 'staging',
    make: (overlay) => {
      settingsOf(overlay, 'issuer')['AUTH_ISSUER'] = 'http://identity.localhost:8080';
    },
  },
  {
    what: 'people are sent back without TLS',
    breaks: 'browsers sign in at the name that tokens say, by TLS wherever that is not a laptop',
    where: 'staging',
    make: (overlay) => {
      settingsOf(overlay, 'identity')['IDENTITY_REDIRECT_URIS'] = 'http://staging.shop.example/signed-in';
    },
  },
  {
    what: 'each replica counts callers for itself',
    breaks: 'callers are counted by their own address, and once for all replicas',
    where: 'production',
    make: (overlay) => void delete settingsOf(overlay, 'gateway')['RATE_LIMIT_STORE_FILE'],
  },
  {
    what: 'nodes stand in for callers',
    breaks: 'callers are counted by their own address, and once for all replicas',
    where: 'production',
    make: (overlay) => {
      delete overlay.find('ConfigMap', 'shop-gateway')!.data!['service'];
    },
  },
  {
    what: 'each of twelve replicas asks the provider as much as one may',
    breaks: 'the payment provider is asked no more than it takes, and for as long as a bank may need',
    where: 'production',
    make: (overlay) => {
      settingsOf(overlay, 'payments')['PSP_CONCURRENCY'] = '25';
    },
  },
  {
    what: 'a call is taken over while a bank thinks',
    breaks: 'the payment provider is asked no more than it takes, and for as long as a bank may need',
    where: 'production',
    make: (overlay) => void (settingsOf(overlay, 'payments')['PSP_LEASE_MS'] = '6000'),
  },
  {
    what: 'the sidecar of payments reads no tokens',
    breaks: 'whoever reads tokens has a sidecar that reads them first',
    make: (overlay) => without(overlay, 'RequestAuthentication', 'payments'),
  },
  {
    what: 'a service scales because its heap takes what it may',
    breaks: 'memory scales before it is short, and not because the heap takes what it may',
    make: (overlay) => {
      for (const { containerResource } of spec<HpaSpec>(overlay, 'HorizontalPodAutoscaler', 'orders').metrics)
        if (containerResource?.name === 'memory') containerResource.target.averageUtilization = 80;
    },
  },
  {
    what: 'a service may take three times the memory that it scales at',
    breaks: 'memory scales before it is short, and not because the heap takes what it may',
    make: (overlay) => {
      container(overlay, 'inventory').resources!.limits!['memory'] = '640Mi';
    },
  },
];
