import type { INestApplicationContext } from '@nestjs/common';
import type { JobConfig } from '@shop/config';
import { ShutdownSequence } from '@shop/service-kit';
import { logger } from '@shop/tracing';
import { pause } from './backoff.ts';
import { Intake } from './consumer/intake.ts';
import { untilIdle } from './consumer/until-idle.ts';

/**
 * What ends a job, for `startService({ until: untilDrained })`: nothing left to do for JOB_IDLE_MS, or JOB_MAX_MS gone by. What is in hand then
 * is finished and committed; the rest is for the next job. With RUN_AS=service nothing but a signal ends it.
 */
export async function untilDrained(app: INestApplicationContext, config: JobConfig): Promise<void> {
  if (config.RUN_AS === 'service') return new Promise(() => {});
  const intake = app.get(Intake, { strict: false });
  const over = new AbortController();
  const signal = AbortSignal.any([over.signal, app.get(ShutdownSequence).draining]);
  const reason = await Promise.race([
    untilIdle(() => intake.left(), config.JOB_IDLE_MS, signal).then(() => 'nothing is left to do'),
    pause(config.JOB_MAX_MS, signal).then(() => 'its time is over'),
  ]);
  over.abort();
  logger('job').info({ reason }, 'the job ends');
}
