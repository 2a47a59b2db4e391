import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { CategoryList, Id, Product, ProductPage, ProductQuery } from '@shop/contracts';
import { ApiProblems, Priority, Public } from '@shop/service-kit';
import { type Call, CurrentCall } from '../call.ts';
import { Answers } from '../docs/answers.ts';
import { Products } from './products.ts';

@ApiTags('Catalogue')
@Public()
@Controller('v1')
export class ProductsController {
  constructor(private readonly products: Products) {}

  @Get('products')
  @Priority('browse')
  @ApiOperation({ operationId: 'listProducts', summary: 'Browse and search products' })
  @Answers(200, 'A page of products', ProductPage)
  list(@Query({ schema: ProductQuery }) _query: ProductQuery, @CurrentCall() call: Call) {
    return this.products.list(call);
  }

  @Get('products/:id')
  @Priority('browse')
  @ApiOperation({ operationId: 'getProduct', summary: 'One product, and how many of it can be ordered now' })
  @ApiHeader({ name: 'If-None-Match', required: false, schema: { type: 'string' } })
  @Answers(200, 'The product', Product, { ETag: 'Of the product and its availability' })
  @ApiResponse({ status: 304, description: 'Neither the product nor its availability changed' })
  @ApiProblems(404)
  get(@Param('id', { schema: Id }) id: string, @CurrentCall() call: Call) {
    return this.products.get(id, call);
  }

  @Get('categories')
  @Priority('browse')
  @ApiOperation({ operationId: 'listCategories', summary: 'All categories, with how many products each has' })
  @Answers(200, 'The categories', CategoryList)
  categories(@CurrentCall() call: Call) {
    return this.products.pass(call);
  }
}
