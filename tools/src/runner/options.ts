import type { Progress } from './progress.ts';
import type { Ports, RoutedName, ServiceName } from './settings.ts';

export interface StartOptions {
  /** Keys, data, logs. Kept when the shop stops. */
  dataDir: string;
  /** `random` takes free ports for everything, so that several shops can run side by side. */
  ports: 'random' | Ports;
  /** How many processes of a service; default 1. HTTP goes to the first, messages to all. */
  replicas?: Partial<Record<ServiceName, number>>;
  /** Environment that is added to all services or to one. */
  env?: Partial<Record<ServiceName | 'all', Record<string, string>>>;
  /** Puts something between the services and a server: gets the server's port, answers the one that they are to use. */
  route?: (name: RoutedName, port: number) => Promise<number>;
  /** Without it, everything is told on the terminal. */
  quiet?: boolean;
  /** Import the sample catalogue into an empty shop. */
  seed?: boolean;
  /** Keep traces in the runner; default true. `port` is taken when it is free; `page` keeps metrics too, and shows both. */
  tracing?: boolean | { port?: number; page?: boolean };
  /** Whether commits outlive a power cut; default: only with fixed ports. */
  durable?: boolean;
  progress?: Progress;
  /** Gives up a start that is under way; what had started is stopped. */
  signal?: AbortSignal;
}
