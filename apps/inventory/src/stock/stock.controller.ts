import { Body, Controller, Get, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import {
  Id,
  OpeningStock,
  StockAdjustment,
  IdsQuery,
  StockLevel,
  StockLevels,
  headers,
} from '@shop/contracts';
import {
  ApiAnswer,
  CurrentCaller,
  IdempotencyKeyHeader,
  Priority,
  RequireScope,
  type Caller,
  replayedHeader,
} from '@shop/service-kit';
import type { FastifyReply } from 'fastify';
import { AdjustStock } from './adjust-stock.ts';
import { OpenStock } from './open-stock.ts';
import { ReadStock } from './read-stock.ts';

@Controller('v1')
export class StockController {
  constructor(
    private readonly levels: ReadStock,
    private readonly adjustments: AdjustStock,
    private readonly openings: OpenStock,
  ) {}

  /** For the gateway, which asks on behalf of many callers at once. */
  @Get('stock')
  @RequireScope('service')
  @ApiAnswer(200, 'The stock of these products', StockLevels)
  async read(@Query({ schema: IdsQuery }) { ids }: IdsQuery): Promise<StockLevels> {
    return { items: await this.levels.of(ids) };
  }

  @Post('admin/stock/opening')
  @HttpCode(200)
  @RequireScope('admin')
  @Priority('batch')
  @ApiAnswer(200, 'The stock of these products', StockLevels)
  async open(
    @Body({ schema: OpeningStock }) { items }: OpeningStock,
    @CurrentCaller() caller: Caller,
  ): Promise<StockLevels> {
    return { items: await this.openings.run(items, caller.id) };
  }

  @Post('admin/stock/:productId/adjustments')
  @RequireScope('admin')
  @ApiAnswer(200, 'The stock after the adjustment', StockLevel, replayedHeader)
  async adjust(
    @Param('productId', { schema: Id }) productId: string,
    @Body({ schema: StockAdjustment }) adjustment: StockAdjustment,
    @IdempotencyKeyHeader() key: string,
    @CurrentCaller() caller: Caller,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StockLevel> {
    const { status, body, replayed } = await this.adjustments.run(
      { productId, ...adjustment },
      { key, caller: caller.id },
    );
    reply.status(status);
    if (replayed) reply.header(headers.idempotencyReplayed, 'true');
    return body;
  }
}
