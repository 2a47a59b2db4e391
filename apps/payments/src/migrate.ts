import { migrate } from '@shop/persistence';
import { migrations } from './migrations/index.ts';

await migrate('payments', migrations);
