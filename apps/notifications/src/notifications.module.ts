import { type DynamicModule, Module } from '@nestjs/common';
import { MessagingModule } from '@shop/messaging';
import { ShutdownSequence } from '@shop/service-kit';
import { FileMailer } from './file-mailer.ts';
import type { NotificationsConfig } from './notifications.config.ts';
import { Notifier } from './notifier.ts';
import { OrderEventsConsumer } from './order-events.consumer.ts';
import { recipientByTemplate } from './recipient.ts';
import { SmtpMailer } from './smtp-mailer.ts';

@Module({})
class NotificationsModule {}

export const notificationsModule = (config: NotificationsConfig): DynamicModule => ({
  module: NotificationsModule,
  imports: [
    MessagingModule.forRoot({
      service: 'notifications',
      config,
      stateless: true,
      tuning: { handleWithinMs: config.HANDLE_WITHIN_MS },
    }),
  ],
  controllers: [OrderEventsConsumer],
  providers: [
    {
      provide: Notifier,
      inject: [ShutdownSequence],
      useFactory: (shutdown: ShutdownSequence) => {
        const { SMTP_URL: url, MAIL_DIR: folder, MAIL_FROM: from } = config;
        const mailer = url ? new SmtpMailer(url, from) : new FileMailer(folder, from);
        shutdown.add('work', 'mail', () => mailer.close());
        return new Notifier(mailer, recipientByTemplate(config.MAIL_TO_TEMPLATE));
      },
    },
  ],
});
