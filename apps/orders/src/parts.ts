/** What a simulation puts together by itself, over rows in memory. */
export { cancellation } from './cancel-order/cancellation.ts';
export { ImpossibleInput } from './model/decide.ts';
export type { OrderRecord } from './model/order-record.ts';
export { type Entry, OrderSaga } from './model/order-saga.ts';
export type { Limit } from './model/vocabulary.ts';
export type { OrdersConfig } from './orders.config.ts';
export { OrderMetrics } from './orders.metrics.ts';
export { priceLines } from './place-order/price-lines.ts';
export { refund } from './refund-order/refund.ts';
export { commands } from './saga/commands.ts';
export { Reaper } from './saga/reaper.ts';
export { RepliesConsumer } from './saga/replies.consumer.ts';
export { SagaProcess } from './saga/saga-process.ts';
export { type SagaRequest, SagaRequests } from './saga/saga-requests.ts';
export { type LockedSaga, SagaRows } from './saga/saga-rows.ts';
export { TimelineFeed } from './timeline/timeline-feed.ts';
