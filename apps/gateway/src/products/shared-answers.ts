/** One answer for all who ask the same at the same time. Nobody gets the answer to a question that was asked before they came. */
export class SharedAnswers<V> {
  readonly #asked = new Map<string, { answer: Promise<V>; next?: Promise<V> }>();

  /** What `ask` answers, or what another call with this key answers that begins after this one. */
  of(key: string, ask: () => Promise<V>): Promise<V> {
    const asked = this.#asked.get(key);
    if (!asked) return this.#ask(key, ask);
    return (asked.next ??= asked.answer.then(ignore, ignore).then(() => this.#ask(key, ask)));
  }

  #ask(key: string, ask: () => Promise<V>): Promise<V> {
    const asked: { answer: Promise<V>; next?: Promise<V> } = { answer: ask() };
    this.#asked.set(key, asked);
    const ended = () => {
      if (!asked.next) this.#asked.delete(key);
    };
    asked.answer.then(ended, ended);
    return asked.answer;
  }
}

const ignore = () => {};
