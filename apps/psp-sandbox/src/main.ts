import { startService } from '@shop/service-kit';
import { pspSandboxConfig } from './psp-sandbox.config.ts';
import { pspSandboxModule } from './psp-sandbox.module.ts';

await startService({ name: 'psp-sandbox', config: pspSandboxConfig, module: pspSandboxModule });
