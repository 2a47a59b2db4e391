import { type RunningService, startService } from '@shop/service-kit';
import { ApiDocument } from './docs/api-document.ts';
import { gatewayConfig } from './gateway.config.ts';
import { gatewayModule } from './gateway.module.ts';

export async function startGateway(env?: NodeJS.ProcessEnv): Promise<RunningService> {
  const running = await startService({ name: 'gateway', config: gatewayConfig, module: gatewayModule, env });
  running.app.get(ApiDocument).describe(running.app);
  return running;
}
