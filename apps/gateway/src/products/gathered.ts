import { AsyncLocalStorage } from 'node:async_hooks';

type Answers<V> = ReadonlyMap<string, V>;

interface Question<V> {
  keys: Set<string>;
  /** Runs in the trace and within the deadline of the first who asked, not of whoever happens to make way. */
  enter: <R>(work: () => R) => R;
  answer: PromiseWithResolvers<Answers<V>>;
}

/** Asks about many keys at once: while enough questions are under way, the keys of those who come gather for the next. */
export class Gathered<V> {
  private next: Question<V> | undefined;
  private underWay = 0;

  constructor(
    private readonly ask: (keys: string[]) => Promise<Answers<V>>,
    private readonly most: { questions: number; keys: number },
  ) {}

  /** The answers to these keys, asked after this call; others may be among them. Rejects as the question does. */
  of(keys: readonly string[]): Promise<Answers<V>> {
    if (this.next && this.next.keys.size + keys.length > this.most.keys) this.send(this.next);
    const next = (this.next ??= {
      keys: new Set(),
      enter: AsyncLocalStorage.snapshot(),
      answer: Promise.withResolvers(),
    });
    for (const key of keys) next.keys.add(key);
    if (this.underWay < this.most.questions) this.send(next);
    return next.answer.promise;
  }

  private send({ keys, enter, answer }: Question<V>): void {
    this.next = undefined;
    this.underWay++;
    const ended = () => {
      this.underWay--;
      if (this.next && this.underWay < this.most.questions) this.send(this.next);
    };
    enter(() => this.ask([...keys]))
      .finally(ended)
      .then(answer.resolve, answer.reject);
  }
}
