import { type CustomTransportStrategy, type MessageHandler, Server } from '@nestjs/microservices';
import type { Callback, Handlers } from './consumer/handlers.ts';
import type { Intake } from './consumer/intake.ts';
import type { HandlerTraits } from './handles.ts';

/** Nest's side of the consumer: collects the methods under {@link Handles} and {@link HandlesBatch} and runs the consumer loop. */
export class KafkaTransport extends Server implements CustomTransportStrategy {
  constructor(
    private readonly handlers: Handlers,
    private readonly intake: Intake,
  ) {
    super();
  }

  override addHandler(
    type: string,
    callback: MessageHandler,
    _isEvent?: boolean,
    extras: Record<string, unknown> = {},
  ): void {
    if (!('definitions' in extras))
      throw new Error(`the handler of ${type} must be declared with @Handles or @HandlesBatch`);
    this.handlers.add(type, callback as Callback, extras as unknown as HandlerTraits);
  }

  /** Does not wait for the broker: until the group is joined the service is not ready, which is for its readiness to say. */
  listen(callback: (error?: unknown) => void): void {
    this.intake.start();
    callback();
  }

  async close(): Promise<void> {
    await this.intake.stop();
  }

  on(): void {
    throw new Error('the Kafka transport has no events');
  }

  unwrap<T>(): T {
    throw new Error('the Kafka client is behind a port');
  }
}
