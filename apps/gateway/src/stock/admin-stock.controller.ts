import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Id, OpeningStock, StockAdjustment, StockLevel, StockLevels } from '@shop/contracts';
import { ApiProblems, IdempotencyKeyHeader, Priority, RequireScope, replayedHeader } from '@shop/service-kit';
import { type Call, CurrentCall } from '../call.ts';
import { Answers } from '../docs/answers.ts';
import { Stock } from './stock.ts';

@ApiTags('Administration')
@RequireScope('admin')
@ApiProblems(401, 403, 413, 415)
@Controller('v1/admin/stock')
export class AdminStockController {
  constructor(private readonly stock: Stock) {}

  @Post(':productId/adjustments')
  @HttpCode(200)
  @Priority('browse')
  @ApiOperation({ operationId: 'adjustStock', summary: 'Book units in or out; never below what is reserved' })
  @Answers(200, 'The stock after the adjustment', StockLevel, replayedHeader)
  @ApiProblems(404)
  adjust(
    @Param('productId', { schema: Id }) productId: string,
    @Body({ schema: StockAdjustment }) _adjustment: StockAdjustment,
    @IdempotencyKeyHeader() _key: string,
    @CurrentCall() call: Call,
  ) {
    return this.stock.adjust(productId, call);
  }

  @Post('opening')
  @HttpCode(200)
  @Priority('batch')
  @ApiOperation({
    operationId: 'openStock',
    summary: 'Set the first stock of up to 500 products; safe to repeat',
  })
  @Answers(200, 'The stock of these products', StockLevels)
  open(@Body({ schema: OpeningStock }) _stock: OpeningStock, @CurrentCall() call: Call) {
    return this.stock.open(call);
  }
}
