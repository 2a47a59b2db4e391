import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Database } from '@shop/persistence';
import { meter } from '@shop/tracing';

const steps = ['authorise', 'capture', 'void', 'refund', 'query'];

interface Open {
  step: string;
  calls: number;
  oldest: number;
}

/** Shows what the provider still owes an answer, or has not been asked yet. */
@Injectable()
export class CallGauges implements OnModuleInit {
  constructor(private readonly database: Database) {}

  onModuleInit(): void {
    const metrics = meter('payments');
    const open = metrics.createObservableGauge('shop.psp.calls.open', {
      description: 'Calls to the payment provider that are to be made or repeated',
      unit: '{call}',
    });
    const oldest = metrics.createObservableGauge('shop.psp.calls.oldest', {
      description: 'Age of the oldest of them',
      unit: 's',
    });
    metrics.addBatchObservableCallback(
      async (result) => {
        const rows = new Map((await this.#open()).map((row) => [row.step, row]));
        for (const step of steps) {
          result.observe(open, rows.get(step)?.calls ?? 0, { step });
          result.observe(oldest, rows.get(step)?.oldest ?? 0, { step });
        }
      },
      [open, oldest],
    );
  }

  /** Reads only what is open, by its partial index. */
  #open(): Promise<Open[]> {
    return this.database.query<Open>(
      `SELECT step, count(*)::int AS calls, extract(epoch FROM now() - min(created_at))::float8 AS oldest
       FROM psp_calls WHERE state = 'open' GROUP BY step`,
    );
  }
}
