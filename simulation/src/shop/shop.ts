import { Clock } from '../memory/clock.ts';
import { type Payment, Provider } from '../parts/provider.ts';
import { Wire } from '../parts/wire.ts';
import { Broker } from '../transport/broker.ts';
import type { Service } from '../transport/service.ts';
import { Inventory } from './inventory.ts';
import { orderIndex } from './names.ts';
import { Orders } from './orders.ts';
import { Payments } from './payments.ts';
import { settings } from './settings.ts';

/** Who wants to know of every change at once. */
export interface Watch {
  stockChanged(): void;
  /** Told before the book has it. */
  paymentChanged(payment: Payment): void;
}

/** The services' own parts, put together over memory. */
export class Shop {
  readonly clock = new Clock();
  readonly broker = new Broker(orderIndex);
  readonly provider: Provider;
  readonly wire: Wire;
  readonly orders: Orders;
  readonly inventory: Inventory;
  readonly payments: Payments;

  constructor(stock: readonly number[], watch: Watch) {
    const { clock, broker } = this;
    this.provider = new Provider(clock, settings.authorisationTtlMs, (payment) =>
      watch.paymentChanged(payment),
    );
    this.wire = new Wire(this.provider);
    this.orders = new Orders(clock, broker);
    this.inventory = new Inventory(clock, broker, stock, () => watch.stockChanged());
    this.payments = new Payments(clock, broker, this.wire);
  }

  get services(): Service[] {
    return [this.orders.service, this.inventory.service, this.payments.service];
  }
}
