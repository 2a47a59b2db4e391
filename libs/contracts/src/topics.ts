/** Every topic of the shop, by its standard name `shop.<context>.<commands|events>.v<n>`. */
export const topics = {
  catalogEvents: 'shop.catalog.events.v1',
  inventoryCommands: 'shop.inventory.commands.v1',
  inventoryEvents: 'shop.inventory.events.v1',
  paymentsCommands: 'shop.payments.commands.v1',
  paymentsEvents: 'shop.payments.events.v1',
  ordersEvents: 'shop.orders.events.v1',
} as const;
