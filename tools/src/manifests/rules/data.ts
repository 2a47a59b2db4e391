import { retryTopic } from '@shop/messaging/topics';
import type { Code } from '../code/index.ts';
import type { Workload } from '../objects.ts';
import { appName, title } from '../overlay.ts';
import { replicasOf, type ScaledSpec } from '../replicas.ts';
import { withSecrets } from './settings.ts';
import type { Rule } from './rule.ts';

/** Beside a pool: the relay's own connection and the one that listens. */
const besidePool = 2;
const standardPool = 10;

/** Databases and topics. */
export const dataRules: Rule[] = [
  {
    holds: 'every database has a Job that migrates it as its owner, and a service that uses it as its app',
    faults: (overlay, code) =>
      code.databases.flatMap((database) => {
        const job = overlay.find<Workload['spec']>('Job', `${database}-migrations`, 'shop');
        const service = overlay.services.find((candidate) => appName(candidate) === database);
        if (!job || !service) return [`the database ${database} has no ${job ? 'service' : 'Job'}`];
        const migrates = withSecrets(overlay, job, code);
        const uses = withSecrets(overlay, service, code)['DATABASE_URL'] ?? 'nothing';
        return [
          ...(migrates['MIGRATIONS_APP_ROLE'] === `${database}_app`
            ? []
            : [`${title(job)} lets ${migrates['MIGRATIONS_APP_ROLE']} in`]),
          ...isUrl(migrates['MIGRATIONS_DATABASE_URL'], `${database}_owner`, database, job),
          ...isUrl(uses, `${database}_app`, database, service),
          ...(sameImage(job, service) ? [] : [`${title(job)} and its service are of different images`]),
        ];
      }),
  },
  {
    holds: 'what scales by a topic names one that its group consumes',
    faults: (overlay, code) =>
      overlay.of<ScaledSpec>('ScaledObject', 'ScaledJob').flatMap((scaled) =>
        scaled.spec.triggers
          .filter(({ type }) => type.includes('kafka'))
          .filter(
            ({ metadata: { consumerGroup = '', topic = '' } }) =>
              !consumed(code, consumerGroup).includes(topic),
          )
          .map(
            ({ metadata }) =>
              `${title(scaled)}: no group ${metadata['consumerGroup']} consumes ${metadata['topic']}`,
          ),
      ),
  },
  {
    holds: 'PostgreSQL has room for every pool at its greatest number of replicas',
    faults: (overlay, code) => {
      const postgres = overlay.find<Workload['spec']>('StatefulSet', 'postgres', 'data');
      if (!postgres) return [];
      const args = postgres.spec.template.spec.containers[0]?.args?.join(' ') ?? '';
      const room = Number(/max_connections=(\d+)/.exec(args)?.[1] ?? 100);
      const needed = overlay.services
        .filter((service) => 'DATABASE_URL' in (code.apps.get(appName(service))?.settings ?? {}))
        .map((service) => {
          const pool = Number(overlay.environment(service)['DATABASE_POOL_SIZE'] ?? standardPool);
          // One more while it is updated.
          return (replicasOf(overlay, service).most + 1) * (pool + besidePool);
        })
        .reduce((sum, connections) => sum + connections, 0);
      return needed <= room
        ? []
        : [`${title(postgres)} allows ${room} connections, its services may open ${needed}`];
    },
  },
  {
    holds: 'what several pods write to at once, several nodes can mount',
    faults: (overlay) =>
      overlay.name === 'kind'
        ? []
        : overlay.workloads
            .filter((workload) => replicasOf(overlay, workload).most > 1)
            .flatMap((workload) =>
              (workload.spec.template.spec.volumes ?? [])
                .flatMap(({ persistentVolumeClaim: claim }) => (claim ? [claim.claimName] : []))
                .filter(
                  (claim) =>
                    !overlay
                      .find<{ accessModes: string[] }>('PersistentVolumeClaim', claim)
                      ?.spec.accessModes.includes('ReadWriteMany'),
                )
                .map(
                  (claim) => `${title(workload)}: its pods share ${claim}, which one node alone can mount`,
                ),
            ),
  },
];

/** A group's topics, and where its failed messages wait for another try. */
const consumed = ({ subscriptions }: Code, group: string): string[] =>
  (subscriptions[group] ?? []).flatMap((topic) => [topic, retryTopic(topic, group)]);

const sameImage = (a: Workload, b: Workload) =>
  a.spec.template.spec.containers[0]?.image === b.spec.template.spec.containers[0]?.image;

function isUrl(text = '', role: string, database: string, workload: Workload): string[] {
  const { username, pathname } = URL.parse(text) ?? { username: 'nobody', pathname: '' };
  return username === role && pathname === `/${database}`
    ? []
    : [`${title(workload)} goes to ${pathname} as ${username}, not to /${database} as ${role}`];
}
