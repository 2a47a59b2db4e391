import { defineService } from '@shop/service-kit';
import { pspSandboxConfig } from './psp-sandbox.config.ts';
import { pspSandboxModule } from './psp-sandbox.module.ts';

export const service = defineService({
  name: 'psp-sandbox',
  config: pspSandboxConfig,
  module: pspSandboxModule,
});
