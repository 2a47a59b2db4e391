import { defineService } from '@shop/service-kit';
import { api } from './docs/api-document.ts';
import { gatewayConfig } from './gateway.config.ts';
import { gatewayModule } from './gateway.module.ts';

export const service = defineService({ name: 'gateway', config: gatewayConfig, module: gatewayModule, api });
