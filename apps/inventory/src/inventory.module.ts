import type { DynamicModule } from '@nestjs/common';
import { MessagingModule } from '@shop/messaging';
import { PersistenceModule } from '@shop/persistence';
import { authModule } from '@shop/service-kit';
import { StockConsumer } from './commands/stock.consumer.ts';
import { StockRows } from './commands/stock-rows.ts';
import { ExpireReservations } from './expiry/expire-reservations.ts';
import { ExpirySweep } from './expiry/expiry-sweep.ts';
import { inventorySettings, type InventoryConfig } from './inventory.config.ts';
import { AdjustStock } from './stock/adjust-stock.ts';
import { OpenStock } from './stock/open-stock.ts';
import { ReadStock } from './stock/read-stock.ts';
import { StockController } from './stock/stock.controller.ts';

class InventoryModule {}

export const inventoryModule = (config: InventoryConfig): DynamicModule => ({
  module: InventoryModule,
  imports: [
    authModule(config),
    PersistenceModule.forRoot({ name: 'inventory', config, audited: true }),
    MessagingModule.forRoot({ service: 'inventory', config }),
  ],
  controllers: [StockController, StockConsumer],
  providers: [
    { provide: inventorySettings, useValue: config },
    StockRows,
    ExpireReservations,
    ExpirySweep,
    ReadStock,
    AdjustStock,
    OpenStock,
  ],
});
