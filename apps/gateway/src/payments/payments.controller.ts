import { Controller, Get, Param } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Id, PaymentWithLedger } from '@shop/contracts';
import { ApiProblems, Priority, RequireScope } from '@shop/service-kit';
import { type Call, CurrentCall } from '../call.ts';
import { Answers } from '../docs/answers.ts';
import { forward } from '../forward.ts';
import { Upstreams } from '../upstreams.ts';

@ApiTags('Administration')
@RequireScope('admin')
@ApiProblems(401, 403)
@Controller('v1/payments')
export class PaymentsController {
  constructor(private readonly upstreams: Upstreams) {}

  @Get(':orderId')
  @Priority('batch')
  @ApiOperation({
    operationId: 'getPaymentOfOrder',
    summary: 'The payment of an order and what was booked for it',
  })
  @Answers(200, 'The payment', PaymentWithLedger)
  @ApiProblems(404)
  read(@Param('orderId', { schema: Id }) _orderId: string, @CurrentCall() call: Call) {
    return forward(this.upstreams.payments, call);
  }
}
