import { TimeoutError } from '@shop/resilience';
import {
  type HeaderValue,
  type IncomingMessage,
  type MessageHeaders,
  type OutgoingMessage,
  type Producer,
  RefusedByBroker,
} from '../broker/port.ts';
import { PermanentError } from '../errors.ts';
import { dead, number, origin, retry, text } from '../headers.ts';
import { deadLetterTopic, isRetryTopic, retryTopic } from '../subscriptions.ts';
import { from, parkedMessages, retriedMessages } from '../metrics.ts';
import { describe } from './describe-error.ts';
import { roundOf } from './rounds.ts';

export interface Failure {
  message: IncomingMessage;
  error: unknown;
  /** Times that a handler was called with it. */
  attempts: number;
}

/** Puts messages that cannot be handled now or ever where they block nobody: acknowledged by all replicas before their offset counts as finished. */
export class Parking {
  constructor(
    private readonly producer: Producer,
    private readonly group: string,
    private readonly delaysMs: readonly number[],
  ) {}

  /** Another round through the retry topic, or the dead-letter topic after the last. */
  async later(failure: Failure): Promise<void> {
    const round = roundOf(failure.message);
    const delayMs = this.delaysMs[round];
    if (delayMs === undefined) return this.dead([failure]);
    const { key, value, headers } = failure.message;
    const topic = this.#topicOf(failure.message);
    const notBefore = Date.now() + delayMs;
    const added = { [retry.attempt]: String(round + 1), [retry.notBefore]: String(notBefore) };
    const waiting = { ...headers, ...this.#originOf(failure.message), ...added };
    await this.producer.send([{ topic: retryTopic(topic, this.group), key, value, headers: waiting }]);
    retriedMessages.add(1, from(topic, this.group));
  }

  async dead(failures: readonly Failure[]): Promise<void> {
    if (failures.length === 0) return;
    await this.#send(failures.map((failure) => this.#letter(failure)));
    for (const { message } of failures) parkedMessages.add(1, from(this.#topicOf(message), this.group));
  }

  /** A broker's bound of a message is one of all that is sent together: what is too much at once goes one by one. */
  async #send(letters: readonly OutgoingMessage[]): Promise<void> {
    try {
      await this.producer.send(letters);
    } catch (error) {
      if (!(error instanceof RefusedByBroker) || letters.length === 1) throw error;
      for (const letter of letters) await this.producer.send([letter]);
    }
  }

  #letter({ message, error, attempts }: Failure): OutgoingMessage {
    const from = this.#originOf(message);
    const replays = isRetryTopic(message.topic) ? (number(message.headers, origin.replays) ?? 0) : 0;
    const headers: MessageHeaders = {
      ...message.headers,
      ...from,
      [dead.reason]: reasonOf(error),
      [dead.error]: describe(error),
      [dead.at]: new Date().toISOString(),
      [dead.attempts]: String(attempts),
      ...(message.key && { [dead.key]: message.key }),
      ...(message.value === null && { [dead.tombstone]: 'true' }),
    };
    // The origin names the message and stays the same when it is delivered again. A replayed one that fails again is another letter,
    // or the tombstone that resolves the first could delete it.
    const id = [
      from[origin.topic],
      from[origin.partition],
      from[origin.offset],
      ...(replays > 0 ? [`r${replays}`] : []),
    ].join('-');
    return {
      topic: deadLetterTopic(this.#topicOf(message), this.group),
      key: id,
      value: message.value ?? '',
      headers,
    };
  }

  /** Where the message was first read, however many rounds it has been through. */
  #originOf({ headers, topic, partition, offset }: IncomingMessage): Record<string, HeaderValue> {
    const known = isRetryTopic(topic) && text(headers, origin.offset) !== undefined;
    return {
      [origin.topic]: (known && text(headers, origin.topic)) || topic,
      [origin.partition]: (known && text(headers, origin.partition)) || String(partition),
      [origin.offset]: (known && text(headers, origin.offset)) || String(offset),
      [origin.group]: this.group,
    };
  }

  #topicOf({ topic }: { topic: string }): string {
    const suffix = retryTopic('', this.group);
    return topic.endsWith(suffix) ? topic.slice(0, -suffix.length) : topic;
  }
}

function reasonOf(error: unknown): string {
  if (error instanceof PermanentError) return error.code;
  return error instanceof TimeoutError ? 'timeout' : 'handler/failed';
}
