import { Module, type DynamicModule } from '@nestjs/common';
import { HealthChecks } from './health/health-checks.ts';
import { ShutdownSequence } from './shutdown/shutdown-sequence.ts';

/** The container's root: what service-kit offers everywhere, and the app's module. */
@Module({})
export class ServiceKitModule {
  static around(app: DynamicModule): DynamicModule {
    const offered = [HealthChecks, ShutdownSequence];
    return { module: ServiceKitModule, global: true, imports: [app], providers: offered, exports: offered };
  }
}
