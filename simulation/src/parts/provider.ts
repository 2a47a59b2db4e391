import {
  Book,
  Journal,
  type Connection,
  type JournalLine,
  PaymentsController,
  Temper,
} from '@shop/psp-sandbox/parts';
import type { HttpRequest, HttpResponse } from '@shop/resilience';
import { Problem, ShutdownSequence } from '@shop/service-kit';
import type { Clock } from '../memory/clock.ts';

export type Payment = ReturnType<Book['find']>;

/** Faults are the network's here, where the schedule decides about them. */
class EvenTemper extends Temper {
  override around<T>(_asked: unknown, act: () => T): Promise<T> {
    return Promise.resolve(act());
  }
}

const temper = new EvenTemper(new ShutdownSequence());
/** Nothing is kept, so nothing is there to begin with. */
class NoJournal extends Journal<JournalLine> {
  override *replay(): Generator<JournalLine> {}
}

const journal = new NoJournal(undefined);
const connection = undefined as unknown as Connection;
const statusOf: Partial<Record<Problem['kind'], number>> = {
  'not-found': 404,
  conflict: 409,
  unprocessable: 422,
};

/** The payment provider: its book and its controller, without a server around them. */
export class Provider {
  readonly #book: Book;
  readonly #controller: PaymentsController;

  constructor(clock: Clock, authorisationTtlMs: number, changed: (payment: Payment) => void) {
    this.#book = new Book({ journal, authorisationTtlMs, changed, now: () => clock.now });
    this.#controller = new PaymentsController(this.#book, temper);
  }

  payments(): Payment[] {
    return this.#book.page(0, 1_000);
  }

  async receive(request: HttpRequest): Promise<HttpResponse> {
    try {
      return answer(200, await this.#route(request));
    } catch (error) {
      const status = error instanceof Problem && statusOf[error.kind];
      if (!status) throw error;
      return answer(status, { code: (error as Problem).code, title: (error as Problem).definition.title });
    }
  }

  #route({ path, headers, body, method }: HttpRequest): unknown {
    const key = headers?.['idempotency-key'] ?? '';
    const [, , , id = '', operation = '', verb] = path.split('/');
    if (id === '') return this.#controller.authorise(JSON.parse(body ?? ''), key, connection);
    if (id === 'by-key' && verb === 'cancel')
      return this.#controller.cancel(decodeURIComponent(operation), connection);
    if (id === 'by-key' && method === 'GET') return this.#controller.underKey(decodeURIComponent(operation));
    if (operation === 'capture' || operation === 'refund')
      return this.#controller[operation](id, key, connection);
    throw new Error(`the provider knows no ${method} ${path}`);
  }
}

const answer = (status: number, body: unknown): HttpResponse => ({
  status,
  headers: {},
  json: <T>() => Promise.resolve(body as T),
  text: () => Promise.resolve(JSON.stringify(body)),
  get stream(): never {
    throw new Error('nobody streams from the provider');
  },
});
