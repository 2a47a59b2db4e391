import { CreateMessagingTables1700000000000 } from '@shop/messaging';
import { CreatePayments1700000000020 } from './1700000000020-create-payments.ts';
import { ForgetTokens1700000000021 } from './1700000000021-forget-tokens.ts';
import { NameTheProvider1700000000022 } from './1700000000022-name-the-provider.ts';
import { CreateWebhookEvents1700000000023 } from './1700000000023-create-webhook-events.ts';

export const migrations = [
  CreateMessagingTables1700000000000,
  CreatePayments1700000000020,
  ForgetTokens1700000000021,
  NameTheProvider1700000000022,
  CreateWebhookEvents1700000000023,
];
