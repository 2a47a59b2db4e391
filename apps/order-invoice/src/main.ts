import { startService } from '@shop/service-kit';
import { service } from './service.ts';

await startService(service);
