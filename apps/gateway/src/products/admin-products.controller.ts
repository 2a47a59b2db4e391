import { Body, Controller, Param, Patch, Post } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Id, NewProduct, Product, ProductImport, ProductImportResult, ProductPatch } from '@shop/contracts';
import { ApiProblems, BodyLimit, Priority, RequireScope } from '@shop/service-kit';
import { type Call, CurrentCall } from '../call.ts';
import { Answers } from '../docs/answers.ts';
import { Products } from './products.ts';

const importBytes = 2 * 1024 * 1024;

@ApiTags('Administration')
@RequireScope('admin')
@ApiProblems(401, 403)
@Controller('v1/admin/products')
export class AdminProductsController {
  constructor(private readonly products: Products) {}

  @Post()
  @Priority('browse')
  @ApiOperation({ operationId: 'createProduct', summary: 'Add a product to the catalogue' })
  @Answers(201, 'The product', Product, { ETag: 'For If-Match', Location: 'Where the product is' })
  @ApiProblems(409, 413, 415)
  create(@Body({ schema: NewProduct }) _product: NewProduct, @CurrentCall() call: Call) {
    return this.products.create(call);
  }

  @Patch(':id')
  @Priority('browse')
  @ApiOperation({
    operationId: 'updateProduct',
    summary: 'Change a product that nobody else changed since it was read',
  })
  @ApiHeader({
    name: 'If-Match',
    required: true,
    description: 'The ETag it was read with',
    schema: { type: 'string' },
  })
  @Answers(200, 'The product', Product, { ETag: 'Of the changed product' })
  @ApiProblems(404, 412, 413, 415, 428)
  patch(
    @Param('id', { schema: Id }) id: string,
    @Body({ schema: ProductPatch }) _patch: ProductPatch,
    @CurrentCall() call: Call,
  ) {
    return this.products.patch(id, call);
  }

  @Post('import')
  @Priority('batch')
  @BodyLimit(importBytes)
  @ApiOperation({
    operationId: 'importProducts',
    summary: 'Create or update up to 500 products by SKU; safe to repeat',
  })
  @Answers(200, 'What became of each product, in order', ProductImportResult)
  @ApiProblems(413, 415)
  import(@Body({ schema: ProductImport }) _products: ProductImport, @CurrentCall() call: Call) {
    return this.products.pass(call);
  }
}
