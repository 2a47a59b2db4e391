import type { Container, PodSpec } from '../objects.ts';
import { title } from '../overlay.ts';
import type { Rule } from './rule.ts';

type Secured = Pick<Container, 'securityContext'>;

interface KafkaSpec {
  kafka: {
    rack?: unknown;
    template?: {
      pod?: Pick<PodSpec, 'securityContext'>;
      kafkaContainer?: Secured;
      initContainer?: Secured;
    };
  };
}

/** What a pod cannot do. */
export const securityRules: Rule[] = [
  {
    holds: 'no pod has root, a capability, a root folder to write to, or a token it does not need',
    faults: (overlay) =>
      overlay.workloads.flatMap((workload) => {
        const { securityContext, automountServiceAccountToken, containers } = workload.spec.template.spec;
        const pod = [
          ...(securityContext?.runAsNonRoot ? [] : ['may run as root']),
          ...(securityContext?.seccompProfile?.type === 'RuntimeDefault' ? [] : ['may make any system call']),
          // Prometheus asks the API server whom to read from.
          ...(automountServiceAccountToken === false || workload.metadata.name === 'prometheus'
            ? []
            : ['gets a token of the API server']),
        ];
        const each = containers.flatMap(({ name, securityContext: own }) => [
          ...(own?.readOnlyRootFilesystem ? [] : [`${name} may write to its root folder`]),
          ...(own?.allowPrivilegeEscalation === false ? [] : [`${name} may gain privileges`]),
          ...(own?.capabilities?.drop?.includes('ALL') ? [] : [`${name} keeps capabilities`]),
        ]);
        return [...pod, ...each].map((fault) => `${title(workload)}: ${fault}`);
      }),
  },
  {
    holds: 'every namespace enforces the strictest level',
    faults: (overlay) =>
      overlay
        .of('Namespace')
        .filter(({ metadata }) => metadata.labels?.['pod-security.kubernetes.io/enforce'] !== 'restricted')
        .map((namespace) => `${title(namespace)} is not restricted`),
  },
  {
    holds: 'every service has an account of its own',
    faults: (overlay) => {
      const accounts = overlay.workloads
        .filter(({ metadata }) => metadata.namespace !== 'observability')
        .map((workload) => ({ workload, account: workload.spec.template.spec.serviceAccountName }));
      return accounts
        .filter(({ workload, account }) => account !== workload.metadata.name)
        .map(({ workload, account }) => `${title(workload)} is known as ${account ?? 'default'}`);
    },
  },
  {
    holds: 'brokers of an operator are as strict as every other pod',
    faults: (overlay) =>
      overlay.of<KafkaSpec>('Kafka').flatMap((kafka) => {
        const { rack, template = {} } = kafka.spec.kafka;
        const { securityContext: pod } = template.pod ?? {};
        // Where brokers are told their zone, another container asks for it first.
        const containers = ['kafkaContainer' as const, ...(rack ? (['initContainer'] as const) : [])];
        const lax = containers.filter((name) => {
          const own = template[name]?.securityContext;
          return own?.allowPrivilegeEscalation !== false || !own.capabilities?.drop?.includes('ALL');
        });
        return [
          ...(pod?.runAsNonRoot && pod.seccompProfile?.type === 'RuntimeDefault'
            ? []
            : [`${title(kafka)}: its pods may run as root, or make any system call`]),
          ...lax.map((name) => `${title(kafka)}: template.${name} keeps capabilities or may gain privileges`),
        ];
      }),
  },
];
