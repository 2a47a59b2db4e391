import { Controller, Get, Headers, Param, Query, Res } from '@nestjs/common';
import { Id, IdsQuery, ProductQuery, type CategoryList, type Page, type Product } from '@shop/contracts';
import { Public } from '@shop/service-kit';
import type { FastifyReply } from 'fastify';
import { etagOf, noneMatches } from '../etag.ts';
import { FindProduct } from './find-product.ts';
import { ListCategories } from './list-categories.ts';
import { ListProducts } from './list-products.ts';

@Controller('v1')
@Public()
export class ProductsController {
  constructor(
    private readonly list: ListProducts,
    private readonly find: FindProduct,
    private readonly categories: ListCategories,
  ) {}

  @Get('products')
  browse(@Query({ schema: ProductQuery }) query: ProductQuery): Promise<Page<Product>> {
    return this.list.run(query);
  }

  /** For the gateway, which asks on behalf of many callers at once. */
  @Get('products/batch')
  async batch(@Query({ schema: IdsQuery }) { ids }: IdsQuery): Promise<{ items: Product[] }> {
    return { items: await this.find.many(ids) };
  }

  @Get('products/:id')
  async show(
    @Param('id', { schema: Id }) id: string,
    @Headers('if-none-match') known: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Product | undefined> {
    const product = await this.find.run(id);
    reply.header('etag', etagOf(product.version));
    if (!noneMatches(known, product.version)) return product;
    reply.status(304);
    return undefined;
  }

  @Get('categories')
  listCategories(): Promise<CategoryList> {
    return this.categories.run();
  }
}
