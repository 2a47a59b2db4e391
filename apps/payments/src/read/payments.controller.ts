import { Controller, Get, Param } from '@nestjs/common';
import { Id } from '@shop/contracts';
import { RequireScope } from '@shop/service-kit';
import { ReadPayment, type PaymentWithLedger } from './read-payment.ts';

@Controller('v1/payments')
@RequireScope('admin')
export class PaymentsController {
  constructor(private readonly payments: ReadPayment) {}

  @Get(':orderId')
  read(@Param('orderId', { schema: Id }) orderId: string): Promise<PaymentWithLedger> {
    return this.payments.of(orderId);
  }
}
