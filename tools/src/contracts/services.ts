import { service as catalog } from '@shop/catalog/service';
import { service as gateway } from '@shop/gateway/service';
import { service as inventory } from '@shop/inventory/service';
import { service as notifications } from '@shop/notifications/service';
import { service as orderInvoice } from '@shop/order-invoice/service';
import { service as orders } from '@shop/orders/service';
import { service as payments } from '@shop/payments/service';
import { service as pspSandbox } from '@shop/psp-sandbox/service';
import { definitionsHandledBy } from '@shop/messaging/contract';
import { defaultsOf, documentService } from '@shop/service-kit/openapi';

const controllersOf = ({ module, config }: typeof gateway) => module(defaultsOf(config)).controllers ?? [];
const described = (service: unknown) => {
  const known = service as typeof gateway;
  return {
    name: known.name,
    http: () => documentService(known),
    receives: () => controllersOf(known).flatMap(definitionsHandledBy),
  };
};

/** What each app speaks, read from the app itself. The public one comes first. */
export const services = [
  gateway,
  catalog,
  inventory,
  orders,
  payments,
  notifications,
  orderInvoice,
  pspSandbox,
].map(described);
