import kafkajs from 'kafkajs';
import { calmTimers } from './kafkajs-timers.ts';
import type { BrokerLog } from './port.ts';

const { Kafka, logLevel } = kafkajs;

calmTimers();

/** The kafkajs client with the library's time-outs. */
export function connectKafkaJs(
  clientId: string,
  brokers: string[],
  log: BrokerLog,
): InstanceType<typeof Kafka> {
  return new Kafka({
    clientId,
    brokers,
    connectionTimeout: 3_000,
    requestTimeout: 10_000,
    // Repeating is the business of the loops above; here only what a leader change takes.
    retry: { retries: 2, initialRetryTime: 100, maxRetryTime: 1_000 },
    logLevel: logLevel.INFO,
    logCreator: () => (entry) =>
      log(levelOf(entry), entry.log.message, { ...entry.log, namespace: entry.namespace }),
  });
}

type Entry = kafkajs.LogEntry;

// kafkajs logs what is ordinary (a coordinator not there yet, a rebalance, a reconnect) as an error; a real failure reaches us as an exception.
function levelOf({ level }: Entry): 'debug' | 'warn' {
  return level === logLevel.WARN ? 'warn' : 'debug';
}

type Caught = { name?: string; type?: string; code?: number; cause?: unknown; errors?: unknown[] };

/** The chain of an error's causes, kafkajs's wrappers included. */
export function* causes(error: unknown): Generator<Caught> {
  for (
    let next = error as Caught | undefined, depth = 0;
    next && depth < 8;
    next = next.cause as Caught | undefined, depth++
  )
    yield next;
}
