import type { OnApplicationBootstrap } from '@nestjs/common';
import type { HealthChecks, ShutdownSequence } from '@shop/service-kit';
import type { Broker, Producer } from './broker/port.ts';
import type { Intake } from './consumer/intake.ts';
import type { Inbox } from './inbox.ts';
import { observeLag, observeOutbox } from './gauges.ts';
import type { OutboxStore } from './outbox/outbox-store.ts';
import type { Relay } from './outbox/relay.ts';
import type { RelayConnection } from './outbox/relay-connection.ts';

interface Parts {
  intake: Intake;
  relay?: Relay;
  connection?: RelayConnection;
  inbox?: Inbox;
  store?: OutboxStore;
}

/** Ties messaging to the service's start, health, metrics and shutdown. The transport is started and stopped by the service itself. */
export class MessagingLifecycle implements OnApplicationBootstrap {
  constructor(
    service: string,
    client: { broker: Broker; producer: Producer },
    private readonly parts: Parts,
    health: HealthChecks,
    shutdown: ShutdownSequence,
  ) {
    const { intake, relay, connection, inbox, store } = parts;
    health.readiness('consumers', () => intake.checkJoined());
    if (relay) {
      health.readiness('relay', () => {
        if (!relay.running) throw new Error('the relay has not reached broker and database yet');
      });
    }
    const stopObserving = [observeLag(service, intake), ...(store ? [observeOutbox(store)] : [])];
    shutdown.add('relay', 'relay', async () => {
      for (const stop of stopObserving) stop();
      inbox?.stopPruning();
      await relay?.stop();
      await connection?.close();
      await Promise.allSettled([client.producer.close(), client.broker.close()]);
    });
  }

  onApplicationBootstrap(): void {
    this.parts.relay?.start();
    this.parts.inbox?.startPruning();
  }
}
