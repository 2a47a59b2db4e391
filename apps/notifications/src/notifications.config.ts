import { finishesInHand, functionConfig, httpConfig, kafkaConfig, secret } from '@shop/config';
import { z } from 'zod';

export const notificationsConfig = z
  .object({
    ...httpConfig(8085).shape,
    ...kafkaConfig.shape,
    ...functionConfig.shape,
    /** E-mails go to this server, else into the folder MAIL_DIR. */
    SMTP_URL: secret(z.url({ protocol: /^smtps?$/, error: 'must be an smtp: or smtps: URL' })).optional(),
    MAIL_DIR: z.string().min(1).default('.shop/mail'),
    MAIL_FROM: z
      .string()
      .regex(/^[^\r\n]*@[^\r\n]*$/, 'must be an e-mail address')
      .default('The shop <orders@shop.test>'),
    MAIL_TO_TEMPLATE: z
      .string()
      .regex(
        /^[^\s@{}]*\{customer\}[^\s@{}]*@[A-Za-z0-9.-]+$/,
        'must be an e-mail address with {customer} in it',
      )
      .default('{customer}@customers.shop.test'),
  })
  .refine(...finishesInHand);
export type NotificationsConfig = z.output<typeof notificationsConfig>;
