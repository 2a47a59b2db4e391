import { Controller, Get, Param } from '@nestjs/common';
import { Id, PaymentWithLedger } from '@shop/contracts';
import { ApiAnswer, ApiProblems, RequireScope } from '@shop/service-kit';
import { ReadPayment } from './read-payment.ts';

@Controller('v1/payments')
@RequireScope('admin')
export class PaymentsController {
  constructor(private readonly payments: ReadPayment) {}

  @Get(':orderId')
  @ApiAnswer(200, 'The payment and what was booked for it', PaymentWithLedger)
  @ApiProblems(404)
  read(@Param('orderId', { schema: Id }) orderId: string): Promise<PaymentWithLedger> {
    return this.payments.of(orderId);
  }
}
