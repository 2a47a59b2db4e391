import { Controller, Get, Headers, Param, Query, Res } from '@nestjs/common';
import {
  CategoryList,
  Id,
  IdsQuery,
  Product,
  ProductList,
  ProductPage,
  ProductQuery,
  type Page,
} from '@shop/contracts';
import { ApiAnswer, ApiProblems, Public, RequireScope } from '@shop/service-kit';
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
  @ApiAnswer(200, 'A page of products; `available` is inventory’s to say', ProductPage)
  browse(@Query({ schema: ProductQuery }) query: ProductQuery): Promise<Page<Product>> {
    return this.list.run(query);
  }

  /** For the gateway, which asks on behalf of many callers at once. */
  @Get('products/batch')
  @RequireScope('service')
  @ApiAnswer(200, 'Those of the products that exist', ProductList)
  async batch(@Query({ schema: IdsQuery }) { ids }: IdsQuery): Promise<ProductList> {
    return { items: await this.find.many(ids) };
  }

  @Get('products/:id')
  @ApiAnswer(200, 'The product', Product, { ETag: 'Of the product’s version' })
  @ApiAnswer(304, 'The product has not changed')
  @ApiProblems(404)
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
  @ApiAnswer(200, 'The categories', CategoryList)
  listCategories(): Promise<CategoryList> {
    return this.categories.run();
  }
}
