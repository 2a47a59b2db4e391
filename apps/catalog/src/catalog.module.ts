import type { DynamicModule } from '@nestjs/common';
import { MessagingModule } from '@shop/messaging';
import { PersistenceModule } from '@shop/persistence';
import { authModule, CursorCodec } from '@shop/service-kit';
import { FindProduct } from './browse/find-product.ts';
import { ListCategories } from './browse/list-categories.ts';
import { ListProducts } from './browse/list-products.ts';
import { ProductsController } from './browse/products.controller.ts';
import type { CatalogConfig } from './catalog.config.ts';
import { AdminProductsController } from './edit/admin-products.controller.ts';
import { ChangeProduct } from './edit/change-product.ts';
import { CreateProduct } from './edit/create-product.ts';
import { ImportProducts } from './edit/import-products.ts';

class CatalogModule {}

export const catalogModule = (config: CatalogConfig): DynamicModule => ({
  module: CatalogModule,
  imports: [
    authModule(config),
    PersistenceModule.forRoot({ name: 'catalog', config, audited: true }),
    MessagingModule.forRoot({ service: 'catalog', config }),
  ],
  controllers: [ProductsController, AdminProductsController],
  providers: [
    { provide: CursorCodec, useFactory: () => new CursorCodec(config.CURSOR_SECRET) },
    ListProducts,
    FindProduct,
    ListCategories,
    CreateProduct,
    ChangeProduct,
    ImportProducts,
  ],
});
