import type { RunningKafka, RunningPostgres } from '@shop/testing';
import { issueToken } from '../auth.ts';
import type { TelemetryReceiver } from '../telemetry/receiver.ts';
import { databaseUrl } from './databases.ts';
import { type Surroundings, urlsOf } from './environment.ts';
import type { Infrastructure } from './infrastructure.ts';
import type { Service } from './service.ts';
import type { DatabaseName, Ports, ServiceName } from './settings.ts';

/** A running shop: everything that a test or a command needs to use it, watch it and break it. */
export interface Shop {
  dataDir: string;
  gatewayUrl: string;
  pspUrl: string;
  urls: Record<ServiceName, string>;
  ports: Ports;
  brokers: string[];
  /** The URL of a service's database: as the service or its migrations connect, else as the superuser. */
  databaseUrl(name: DatabaseName, role?: 'app' | 'owner'): string;
  token(name: string): Promise<string>;
  /** A secret of this shop: `psp-api-key`, `psp-webhook`, … */
  secret(name: string): string;
  service(name: ServiceName): Service;
  /** All of them, in the order of their start. */
  services: readonly Service[];
  postgres: RunningPostgres;
  kafka: RunningKafka;
  /** The spans of all services; undefined when tracing is off or goes elsewhere. */
  collector: TelemetryReceiver | undefined;
  /** Drains and stops everything in order. */
  stop(): Promise<void>;
}

export function assemble(
  around: Surroundings,
  infrastructure: Infrastructure,
  services: Service[],
  stop: () => Promise<void>,
): Shop {
  const { dataDir, ports, secret } = around;
  const urls = urlsOf(ports);
  return {
    ...infrastructure,
    dataDir,
    gatewayUrl: urls.gateway,
    pspUrl: urls['psp-sandbox'],
    urls,
    ports,
    brokers: infrastructure.kafka.brokers,
    databaseUrl: (name, role) =>
      role
        ? databaseUrl(infrastructure.postgres.adminUrl, secret, name, role)
        : Object.assign(new URL(infrastructure.postgres.adminUrl), { pathname: `/${name}` }).href,
    token: (name) => issueToken({ dataDir, name }),
    secret,
    service: (name) => services.find((service) => service.name === name) as Service,
    services,
    stop,
  };
}
