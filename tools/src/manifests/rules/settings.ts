import { ConfigError, loadConfig } from '@shop/config';
import type { Code } from '../code/index.ts';
import { secretAt } from '../mounts.ts';
import type { Workload } from '../objects.ts';
import { appName, type Overlay, title } from '../overlay.ts';
import { calls, dataPorts } from '../code/edges.ts';
import type { ScaledSpec } from '../replicas.ts';
import type { Rule } from './rule.ts';

/** What is read elsewhere than in an app's schema. */
const standard = /^(OTEL_|NODE_|KAFKAJS_)/;

/** What a workload is told, and whether somebody listens. */
export const settingsRules: Rule[] = [
  {
    holds: 'every service starts with the settings that it gets',
    faults: (overlay, code) =>
      overlay.services.flatMap((service) => {
        const app = code.apps.get(appName(service));
        if (!app) return [`${title(service)}: there is no app of that name`];
        try {
          loadConfig(app.schema, withSecrets(overlay, service, code));
          return [];
        } catch (error) {
          if (!(error instanceof ConfigError)) throw error;
          return error.faults.map(({ name, message }) => `${title(service)}: ${name} ${message}`);
        }
      }),
  },
  {
    holds: 'every setting is read by whoever gets it',
    faults: (overlay, code) =>
      [...overlay.services, ...overlay.workloads.filter(({ kind }) => kind === 'Job')].flatMap((workload) => {
        const settings = code.apps.get(appName(workload))?.settings;
        const reads = (name: string) =>
          settings ? name in settings : new RegExp(`\\b${name}\\b`).test(code.onceText);
        return Object.keys(overlay.environment(workload))
          .filter((name) => !standard.test(name) && !reads(name) && !reads(name.replace(/_FILE$/, '')))
          .map((name) => `${title(workload)} gets ${name}, which nothing reads`);
      }),
  },
  {
    holds: 'a service listens where its port says, and calls those that its settings should name',
    faults: (overlay) =>
      overlay.services.flatMap((service) => {
        const environment = overlay.environment(service);
        const listens = service.spec.template.spec.containers[0]?.ports?.find(({ name }) => name === 'http');
        const wrongPort =
          String(listens?.containerPort) === environment['PORT']
            ? []
            : [
                `${title(service)} listens at ${environment['PORT']}, its port http is ${listens?.containerPort}`,
              ];
        const wrongCalls = calls
          .filter(({ from }) => from === appName(service))
          .filter(({ to }) => overlay.find('Service', to))
          .flatMap(({ setting, to }) => {
            const url = environment[setting];
            const [host, port = '80'] = url ? new URL(url).host.split(':') : [];
            const served = overlay
              .find<{ ports: { port: number }[] }>('Service', to)
              ?.spec.ports.map((served) => String(served.port));
            return host === to && served?.includes(port)
              ? []
              : [
                  `${title(service)}: ${setting} is ${url ?? 'not set'}, but ${to} serves at http://${to}:${served?.join()}`,
                ];
          });
        return [...wrongPort, ...wrongCalls];
      }),
  },
  {
    holds: 'brokers are called by the name and port of a Service, by services and by what scales them',
    faults: (overlay) => {
      const services = overlay.workloads.map((workload) => ({
        name: title(workload),
        brokers: overlay.environment(workload)['KAFKA_BROKERS'],
      }));
      const scalers = overlay.of<ScaledSpec>('ScaledObject', 'ScaledJob').flatMap((scaler) =>
        scaler.spec.triggers.map(({ metadata }) => ({
          name: title(scaler),
          brokers: metadata['bootstrapServers'],
        })),
      );
      return [...services, ...scalers].flatMap(({ name, brokers }) =>
        (brokers?.split(',') ?? [])
          .filter((broker) => !isServed(overlay, broker, 'kafka'))
          .map((broker) => `${name}: no Service answers at ${broker}`),
      );
    },
  },
];

/** `kafka-0.kafka.data.svc…:9092` or `kafka.data:9092`, as a Service of that name and port. */
function isServed(overlay: Overlay, address: string, name: keyof typeof dataPorts): boolean {
  if (!overlay.of('StatefulSet').length) return address.endsWith(`:${dataPorts[name]}`);
  const [host = '', port] = address.split(':');
  const service = overlay.find<{ ports: { port: number }[] }>('Service', name, 'data');
  return (
    new RegExp(`^(${name}-0\\.)?${name}\\.data(\\.svc(\\.cluster\\.local)?)?$`).test(host) &&
    Boolean(service?.spec.ports.some((served) => String(served.port) === port))
  );
}

/** The environment, with `NAME_FILE` replaced by what stands in the Secret that is mounted there. */
export function withSecrets(
  overlay: Overlay,
  workload: Workload,
  { secrets }: Pick<Code, 'secrets'>,
): Record<string, string> {
  const entries = Object.entries(overlay.environment(workload)).map(([name, value]) => {
    if (!name.endsWith('_FILE')) return [name, value];
    const file = secretAt(workload, value);
    const text = file && secrets[file.secret]?.[file.key];
    return text === undefined ? [name, value] : [name.replace(/_FILE$/, ''), text];
  });
  return Object.fromEntries(entries) as Record<string, string>;
}
