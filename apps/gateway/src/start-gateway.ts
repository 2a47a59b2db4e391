import { type RunningService, startService } from '@shop/service-kit';
import { ApiDocument } from './docs/api-document.ts';
import { service } from './service.ts';

export async function startGateway(env?: NodeJS.ProcessEnv): Promise<RunningService> {
  const running = await startService({ ...service, env });
  running.app.get(ApiDocument).describe(running.app);
  return running;
}
