import type { IncomingMessage } from '../broker/port.ts';
import { number, retry } from '../headers.ts';
import { isRetryTopic } from '../subscriptions.ts';

type Stamped = Pick<IncomingMessage, 'topic' | 'headers' | 'timestamp'>;

/** How many rounds through the retry topic a message has begun. Elsewhere the header means nothing, whoever wrote it. */
export const roundOf = ({ topic, headers }: Stamped): number =>
  isRetryTopic(topic) ? (number(headers, retry.attempt) ?? 0) : 0;

/** When a message may be handled, in milliseconds since the epoch; never later than the longest delay after it was sent. */
export const dueAt = ({ topic, headers, timestamp }: Stamped, longestMs: number): number =>
  isRetryTopic(topic) ? Math.min(number(headers, retry.notBefore) ?? 0, timestamp + longestMs) : 0;
