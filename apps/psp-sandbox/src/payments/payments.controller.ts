import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { IdempotencyKey } from '@shop/contracts';
import {
  ApiAnswer,
  ApiProblems,
  IdempotencyKeyHeader,
  Priority,
  Problem,
  RequireSecret,
} from '@shop/service-kit';
import { Book } from '../book/book.ts';
import { Authorise, CancelledPayment, paymentView, PaymentView, type Operation } from '../book/payment.ts';
import { paymentProblems } from '../psp-sandbox.errors.ts';
import { ApiKeyGuard } from './api-key.guard.ts';
import { CurrentConnection, type Connection } from './connection.ts';
import { Temper } from './temper.ts';

/** What merchants call. Never shed: some answers are slow on purpose. */
@Controller('v1/payments')
@RequireSecret('psp-api-key', ApiKeyGuard)
@Priority('unlimited')
export class PaymentsController {
  constructor(
    private readonly book: Book,
    private readonly temper: Temper,
  ) {}

  @Post()
  @ApiAnswer(201, 'The payment, authorised or declined', PaymentView)
  async authorise(
    @Body({ schema: Authorise }) request: Authorise,
    @IdempotencyKeyHeader() key: string,
    @CurrentConnection() connection: Connection,
  ): Promise<PaymentView> {
    const asked = { operation: 'authorise' as const, key, token: request.token, connection };
    return paymentView(await this.temper.around(asked, () => this.book.authorise(key, request)));
  }

  @Post(':id/capture')
  @HttpCode(200)
  @ApiAnswer(200, 'The payment', PaymentView)
  @ApiProblems(404)
  capture(
    @Param('id') id: string,
    @IdempotencyKeyHeader() key: string,
    @CurrentConnection() connection: Connection,
  ): Promise<PaymentView> {
    return this.change('capture', id, key, connection);
  }

  @Post(':id/void')
  @HttpCode(200)
  @ApiAnswer(200, 'The payment', PaymentView)
  @ApiProblems(404)
  void(
    @Param('id') id: string,
    @IdempotencyKeyHeader() key: string,
    @CurrentConnection() connection: Connection,
  ): Promise<PaymentView> {
    return this.change('void', id, key, connection);
  }

  @Post(':id/refund')
  @HttpCode(200)
  @ApiAnswer(200, 'The payment', PaymentView)
  @ApiProblems(404)
  refund(
    @Param('id') id: string,
    @IdempotencyKeyHeader() key: string,
    @CurrentConnection() connection: Connection,
  ): Promise<PaymentView> {
    return this.change('refund', id, key, connection);
  }

  /** What happened under a key, whether or not the answer arrived. */
  @Get('by-key/:key')
  @ApiAnswer(200, 'The payment', PaymentView)
  @ApiProblems(404)
  underKey(@Param('key', { schema: IdempotencyKey }) key: string): PaymentView {
    const payment = this.book.under(key);
    if (!payment) throw new Problem(paymentProblems.nothingUnderKey);
    return paymentView(payment);
  }

  /** Undoes whatever began under the key, and makes sure that nothing ever will. `payment` is null if nothing had. */
  @Post('by-key/:key/cancel')
  @HttpCode(200)
  @ApiAnswer(200, 'What had happened under the key', CancelledPayment)
  async cancel(
    @Param('key', { schema: IdempotencyKey }) key: string,
    @CurrentConnection() connection: Connection,
  ): Promise<CancelledPayment> {
    const token = this.book.under(key)?.token ?? '';
    const asked = { operation: 'void' as const, key: `cancel ${key}`, token, connection };
    const payment = await this.temper.around(asked, () => this.book.cancel(key));
    return { payment: payment ? paymentView(payment) : null };
  }

  private async change(
    operation: Exclude<Operation, 'authorise'>,
    id: string,
    key: string,
    connection: Connection,
  ): Promise<PaymentView> {
    const { token } = this.book.find(id);
    return paymentView(
      await this.temper.around({ operation, key, token, connection }, () => this.book[operation](key, id)),
    );
  }
}
