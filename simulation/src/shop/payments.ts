import { type CallWorker, PaymentsConsumer, Reports } from '@shop/payments/parts';
import type { Clock } from '../memory/clock.ts';
import { MemoryOutbox } from '../memory/outbox.ts';
import { MemoryTransactions } from '../memory/transactions.ts';
import { MemoryCallRows } from '../parts/call-rows.ts';
import { MemoryPaymentRows } from '../parts/payment-rows.ts';
import { PaymentTables } from '../parts/payment-tables.ts';
import { MemoryReconcile } from '../parts/reconcile.ts';
import type { Wire } from '../parts/wire.ts';
import { SteppedWorker } from '../parts/worker.ts';
import type { Broker } from '../transport/broker.ts';
import type { Partition } from '../transport/partition.ts';
import { partitionsOf } from '../transport/partitions-of.ts';
import { type Handler, Service } from '../transport/service.ts';
import { settings } from './settings.ts';

interface Replica {
  worker: SteppedWorker;
  handler: Handler;
}

/** The payments service over memory: two processes, each with a consumer and a worker. */
export class Payments {
  readonly transactions = new MemoryTransactions(() => {});
  readonly outbox = new MemoryOutbox('payments');
  readonly tables = new PaymentTables();
  readonly service: Service;
  readonly reconcile: MemoryReconcile;
  readonly replicas: Replica[];
  readonly #rows: MemoryPaymentRows;
  readonly #calls: MemoryCallRows;
  #workers = 0;

  constructor(
    private readonly clock: Clock,
    broker: Broker,
    private readonly wire: Wire,
  ) {
    this.#rows = new MemoryPaymentRows(this.tables, clock);
    this.#calls = new MemoryCallRows(this.tables, clock, settings.leaseMs);
    this.reconcile = new MemoryReconcile(this.tables, clock);
    this.replicas = [this.#replica(), this.#replica()];
    const partitions = partitionsOf('payments', broker);
    this.service = new Service(
      'payments',
      this.transactions,
      this.outbox,
      partitions,
      (partition) => this.replicaOf(partition).handler,
    );
  }

  get workers(): SteppedWorker[] {
    return this.replicas.map(({ worker }) => worker);
  }

  replicaOf(partition: Partition | undefined): Replica {
    return this.replicas[(partition?.number ?? 0) % this.replicas.length]!;
  }

  /** A process dies, and another one starts in its place. */
  die(index: number): void {
    this.replicas[index]!.worker.die();
    this.replicas[index] = this.#replica();
    for (const partition of this.service.partitions)
      if (partition.number % this.replicas.length === index) partition.takeOver();
  }

  #replica(): Replica {
    const reports = new Reports(this.transactions, this.#calls, this.outbox);
    const id = `worker ${++this.#workers}`;
    const worker = new SteppedWorker(id, this.#calls, reports, this.wire, this.clock, settings.leaseMs);
    const consumer = new PaymentsConsumer(this.#rows, this.outbox, worker as unknown as CallWorker, {
      PSP: 'sandbox',
    });
    return { worker, handler: (deliveries, context) => consumer.carryOut(deliveries, context) };
  }
}
