import { type DynamicModule, Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import type { GatewayConfig } from '../gateway.config.ts';
import { FixedWindow } from './fixed-window.ts';
import { RateLimitGuard } from './rate-limit.guard.ts';

@Module({})
class LimitsModule {}

export const limitsModule = ({ RATE_LIMIT, RATE_LIMIT_WINDOW_SECONDS }: GatewayConfig): DynamicModule => ({
  module: LimitsModule,
  providers: [
    {
      provide: APP_GUARD,
      useFactory: () => new RateLimitGuard(new FixedWindow(RATE_LIMIT, RATE_LIMIT_WINDOW_SECONDS)),
    },
  ],
});
