import { type RunningService, startService } from '@shop/service-kit';
import { identityConfig } from './identity.config.ts';
import { identityModule } from './identity.module.ts';

export const startIdentity = (env?: NodeJS.ProcessEnv): Promise<RunningService> =>
  startService({ name: 'identity', config: identityConfig, module: identityModule, env });
