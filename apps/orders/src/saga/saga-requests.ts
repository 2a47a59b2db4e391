import { Injectable } from '@nestjs/common';
import type { Order } from '@shop/contracts';
import { Audit, Idempotency, type Tx } from '@shop/persistence';
import { type Caller, Problem, type ProblemDefinition } from '@shop/service-kit';
import { currentTraceId } from '@shop/tracing';
import type { Input } from '../model/vocabulary.ts';
import { refuseStranger } from '../read-orders/order-rows.ts';
import { SagaProcess } from './saga-process.ts';
import { SagaRows } from './saga-rows.ts';

/** A person's wish about an order, and the problem that answers it when the order's state does not allow it. */
export interface SagaRequest {
  /** What it is called in the record, when an administrator asks. */
  action: string;
  orderId: string;
  input: Input;
  refusal: ProblemDefinition;
}

@Injectable()
export class SagaRequests {
  constructor(
    private readonly idempotency: Idempotency,
    private readonly rows: SagaRows,
    private readonly process: SagaProcess,
    private readonly audit: Audit,
  ) {}

  run(caller: Caller, key: string, request: SagaRequest) {
    const { orderId, input } = request;
    const identity = { caller: caller.id, key, operation: input.type, body: { orderId } };
    return this.idempotency.run(identity, async (tx) => ({
      status: 202,
      body: await this.#apply(tx, caller, request),
    }));
  }

  async #apply(tx: Tx, caller: Caller, { action, orderId, input, refusal }: SagaRequest): Promise<Order> {
    const found = (await this.rows.lock(tx, [orderId])).get(orderId);
    refuseStranger(found?.saga.order, caller);
    const state = found!.saga.state;
    const origin = {
      service: 'orders',
      detail: { by: caller.isAdmin ? 'administrator' : 'customer' },
      traceId: currentTraceId(),
    };
    const outcome = this.process.receive(tx, found!, input, origin);
    if (outcome === 'refused') throw new Problem(refusal, `${refusal.title}; it is ${state}.`);
    this.process.save(tx, [found!]);
    if (caller.isAdmin && outcome === 'accepted') {
      const change = { subject: orderId, before: { state }, after: { state: found!.saga.state } };
      this.audit.record(tx, { by: caller.id, action }, [change]);
    }
    return this.rows.readOrder(tx, orderId, caller);
  }
}
