/** What the documents of the messages are made of. */
export { definitionsHandledBy } from './handles.ts';
export { ce, traceHeaders } from './headers.ts';
export { deadLetterTopic, partitionsPerTopic, retryTopic } from './subscriptions.ts';
