import { Body, Controller, Headers, HttpCode, Param, Patch, Post, Res } from '@nestjs/common';
import { Id, NewProduct, Product, ProductImport, ProductImportResult, ProductPatch } from '@shop/contracts';
import {
  ApiAnswer,
  ApiProblems,
  BodyLimit,
  Priority,
  Problem,
  RequireScope,
  type Caller,
  CurrentCaller,
} from '@shop/service-kit';
import type { FastifyReply } from 'fastify';
import { conditionProblems } from '../catalog.errors.ts';
import { etagOf } from '../etag.ts';
import { ChangeProduct } from './change-product.ts';
import { CreateProduct } from './create-product.ts';
import { ImportProducts } from './import-products.ts';

/** 500 products with all their text. */
const importBytes = 2 * 1024 * 1024;

@Controller('v1/admin/products')
@RequireScope('admin')
export class AdminProductsController {
  constructor(
    private readonly creation: CreateProduct,
    private readonly change: ChangeProduct,
    private readonly imports: ImportProducts,
  ) {}

  @Post()
  @ApiAnswer(201, 'The product', Product, { ETag: 'For If-Match', Location: 'Where the product is' })
  @ApiProblems(409)
  async create(
    @Body({ schema: NewProduct }) body: NewProduct,
    @CurrentCaller() caller: Caller,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Product> {
    const product = await this.creation.run(body, caller.id);
    reply.headers({ location: `/v1/products/${product.id}`, etag: etagOf(product.version) });
    return product;
  }

  @Patch(':id')
  @ApiAnswer(200, 'The product', Product, { ETag: 'Of the changed product' })
  @ApiProblems(404, 412, 428)
  async update(
    @Param('id', { schema: Id }) id: string,
    @Body({ schema: ProductPatch }) patch: ProductPatch,
    @Headers('if-match') ifMatch: string | undefined,
    @CurrentCaller() caller: Caller,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Product> {
    if (!ifMatch)
      throw new Problem(
        conditionProblems.required,
        'Send If-Match with the ETag that the product was read with.',
      );
    const product = await this.change.run({ id, ifMatch, by: caller.id }, patch);
    reply.header('etag', etagOf(product.version));
    return product;
  }

  @Post('import')
  @HttpCode(200)
  @Priority('batch')
  @BodyLimit(importBytes)
  @ApiAnswer(200, 'What became of each product, in order', ProductImportResult)
  bringUpToDate(
    @Body({ schema: ProductImport }) { items }: ProductImport,
    @CurrentCaller() caller: Caller,
  ): Promise<ProductImportResult> {
    return this.imports.run(items, caller.id);
  }
}
