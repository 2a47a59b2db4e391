import { type DynamicModule, Module } from '@nestjs/common';
import { KafkaTransport } from './kafka-transport.ts';
import { Outbox } from './outbox/outbox.ts';
import { type MessagingOptions, stateless, transactional } from './providers.ts';

/** Messages for the whole app: {@link Outbox} to publish, {@link KafkaTransport} to hand to startService. */
@Module({})
export class MessagingModule {
  static forRoot(options: MessagingOptions): DynamicModule {
    return options.stateless
      ? { module: MessagingModule, global: true, providers: stateless(options), exports: [KafkaTransport] }
      : {
          module: MessagingModule,
          global: true,
          providers: transactional(options),
          exports: [KafkaTransport, Outbox],
        };
  }
}
