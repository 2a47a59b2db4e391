import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiAnswer, RequireSecret } from '@shop/service-kit';
import { ApiKeyGuard } from './api-key.guard.ts';
import { Faults, Temper } from './temper.ts';

/** Makes the provider worse, or well again with an empty body `{}`. */
@Controller('v1/sandbox/faults')
@RequireSecret('psp-api-key', ApiKeyGuard)
export class FaultsController {
  constructor(private readonly temper: Temper) {}

  @Post()
  @HttpCode(200)
  @ApiAnswer(200, 'What is wrong from now on', Faults)
  set(@Body({ schema: Faults }) faults: Faults): Faults {
    return (this.temper.faults = faults);
  }
}
