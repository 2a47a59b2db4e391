import type { Order, OrderStatus, Reason } from '@shop/contracts';
import {
  type Entry,
  type Limit,
  type LockedSaga,
  type OrderRecord,
  OrderSaga,
  SagaRows,
} from '@shop/orders/parts';
import { saga as table, type State } from '@shop/orders/saga';
import type { Clock } from '../memory/clock.ts';
import type { MemoryTx } from '../memory/tx.ts';

export interface SagaRow {
  order: OrderRecord;
  state: State;
  status: OrderStatus;
  reason: Reason | null;
  deadline: number | null;
  timeline: Entry[];
}

/** The tables of orders in memory. */
export class MemorySagaRows extends SagaRows {
  readonly rows = new Map<string, SagaRow>();

  constructor(
    private readonly clock: Clock,
    private readonly timeLimits: Record<Limit, number>,
  ) {
    super(timeLimits);
  }

  insert(tx: MemoryTx, { order, state, entries }: OrderSaga): void {
    if (this.rows.has(order.id)) throw new Error(`there is an order ${order.id} already`);
    const { status } = table[state];
    const row = {
      order,
      state,
      status,
      reason: null,
      deadline: this.#deadlineOf(state),
      timeline: [...entries],
    };
    tx.effect(() => this.rows.set(order.id, row));
  }

  override lock(_tx: MemoryTx, orderIds: readonly string[]): Promise<Map<string, LockedSaga>> {
    const found = orderIds.flatMap((id) => this.rows.get(id) ?? []);
    return Promise.resolve(new Map(found.map((row) => [row.order.id, restore(row)])));
  }

  override lockOverdue(tx: MemoryTx, limit: number): Promise<Map<string, LockedSaga>> {
    const overdue = [...this.rows.values()]
      .filter(({ deadline }) => deadline !== null && deadline < this.clock.now)
      .slice(0, limit);
    return this.lock(
      tx,
      overdue.map(({ order }) => order.id),
    );
  }

  override save(tx: MemoryTx, sagas: readonly OrderSaga[]): void {
    for (const saga of sagas) {
      const row = this.rows.get(saga.order.id)!;
      tx.effect(() => this.#update(row, saga));
    }
  }

  override readOrder(_tx: MemoryTx, orderId: string): Promise<Order> {
    const { order, status, reason } = this.rows.get(orderId)!;
    const { id, lines, total } = order;
    return Promise.resolve({ id, status, lines, total, reason, createdAt: '', updatedAt: '' });
  }

  #update(row: SagaRow, { state, entries, entered, left, reason }: OrderSaga): void {
    const { status } = table[state];
    if (left.some((from) => table[from].status !== status))
      Object.assign(row, { status, reason: reason ?? null });
    if (entered) row.deadline = this.#deadlineOf(state);
    row.state = state;
    row.timeline.push(...entries);
  }

  #deadlineOf(state: State): number | null {
    const { limit } = table[state];
    return limit ? this.clock.now + this.timeLimits[limit] : null;
  }
}

function restore({ order, state, timeline }: SagaRow): LockedSaga {
  return {
    saga: new OrderSaga(order, state, timeline.at(-1)?.seq ?? 0),
    traceParent: '',
    age: 0,
    sincePlaced: 0,
  };
}
