/** An iterator that takes back what was read too far. */
export class Rereadable<T> {
  readonly #source: AsyncIterator<T>;
  #unread: T[] = [];

  constructor(source: AsyncIterator<T>) {
    this.#source = source;
  }

  async next(): Promise<T | undefined> {
    const again = this.#unread.shift();
    if (again !== undefined) return again;
    const { value, done } = await this.#source.next();
    return done ? undefined : value;
  }

  unread(items: T[]): void {
    this.#unread = [...items, ...this.#unread];
  }
}
