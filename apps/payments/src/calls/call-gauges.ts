import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Database } from '@shop/persistence';
import { backlogGauges, meter, type Waiting } from '@shop/tracing';

const steps = ['authorise', 'capture', 'void', 'refund', 'query'];

/** Shows what the provider still owes an answer, or has not been asked yet. */
@Injectable()
export class CallGauges implements OnModuleInit {
  constructor(private readonly database: Database) {}

  onModuleInit(): void {
    backlogGauges(meter('payments'), {
      count: {
        name: 'shop.psp.calls.open',
        description: 'Calls to the payment provider that are to be made or repeated',
        unit: '{call}',
      },
      oldest: { name: 'shop.psp.calls.oldest', description: 'Age of the oldest of them' },
      attribute: 'step',
      kinds: steps,
      read: () => this.#open(),
    });
  }

  /** Reads only what is open, by its partial index. */
  #open(): Promise<Waiting[]> {
    return this.database.query<Waiting>(
      `SELECT step AS kind, count(*)::int, extract(epoch FROM now() - min(created_at))::float8 AS oldest
       FROM psp_calls WHERE state = 'open' GROUP BY step`,
    );
  }
}
