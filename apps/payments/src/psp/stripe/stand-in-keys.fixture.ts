import { refused, type Answer } from './stand-in-intents.fixture.ts';

interface Kept {
  request: string;
  /** Undefined while the first request is at work. */
  answer?: Answer;
}

/** Idempotency as https://docs.stripe.com/api/idempotent_requests describes it. */
export class Keys {
  private readonly kept = new Map<string, Kept>();

  async once(key: string, request: string, work: () => Promise<Answer>): Promise<Answer> {
    const known = this.kept.get(key);
    if (known) return this.again(known, request);
    const entry: Kept = { request };
    this.kept.set(key, entry);
    const answer = await work();
    if (answer.keep) entry.answer = structuredClone(answer);
    else this.kept.delete(key);
    return answer;
  }

  /** As after a day. */
  forget(): void {
    this.kept.clear();
  }

  private again({ request: first, answer }: Kept, request: string): Answer {
    if (first !== request) return refused(400, { type: 'idempotency_error' }, false);
    return answer ?? refused(409, { code: 'idempotency_key_in_use' }, false);
  }
}
