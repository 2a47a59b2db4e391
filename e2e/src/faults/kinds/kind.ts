import type { RoutedName, ServiceName, Shop } from '@shop/tools';
import type { Kafka } from 'kafkajs';
import type { TcpProxy } from '@shop/testing';
import type { Random } from '../random.ts';

/** What faults act on. */
export interface Field {
  shop: Shop;
  proxies: Record<RoutedName, TcpProxy>;
  kafka: Kafka;
  /** Folder of the clocks' offsets. */
  clocks: string;
  /** The ids of messages that nobody can handle. */
  poisoned: Set<string>;
  /** Some of the youngest orders. */
  youngest: () => readonly string[];
  /** Ends early when the run is given up. */
  pause: (ms: number) => Promise<void>;
}

/** What a fault hits; two that hit the same never happen at once. */
export type Target = ServiceName | 'postgres' | 'kafka' | 'topics';

/** One kind of fault. */
export interface Kind {
  name: string;
  /** Names what this one hits, and what exactly it does. */
  draw(random: Random): Stroke;
}

export interface Stroke {
  target: Target;
  /** For the progress line: `orders for 12 s`. */
  detail: string;
  /** Does it, and undoes what does not end by itself. */
  strike(field: Field): Promise<void>;
  /** Whether recovery counts from the beginning rather than from the end of the fault. */
  fromStart?: boolean;
}
