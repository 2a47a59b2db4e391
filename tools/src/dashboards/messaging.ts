import { type Dashboard, figure, graph, redFrom } from './grafana.ts';
import { inRange, largest, perSecond, quantile, total } from './queries.ts';

const topic = 'messaging_destination_name';
const group = 'messaging_consumer_group_name';
const subscription = [group, topic];

export const messaging: Dashboard = {
  uid: 'messaging',
  title: 'Messaging',
  about: 'What waits in the outboxes, what consumers have before them, and what they could not handle.',
  sections: [
    {
      title: 'Outbox',
      rows: [
        [
          graph('Messages that wait', [largest('shop_outbox_depth', 'job')]),
          graph('Age of the oldest', [largest('shop_outbox_age_seconds', 'job')], {
            ...redFrom(30),
            unit: 's',
            about: 'The line is where the alert OutboxStuck begins.',
          }),
          graph('Refused by the broker and held back', [largest('shop_outbox_blocked', 'job')]),
        ],
      ],
    },
    {
      title: 'Topics',
      rows: [
        [
          graph('Sent', [perSecond('messaging_client_sent_messages_total', topic)], { unit: 'mps' }),
          graph('Handled', [perSecond('messaging_client_consumed_messages_total', ...subscription)], {
            unit: 'mps',
          }),
        ],
        [
          graph('Lag', [total('shop_messaging_consumer_lag', ...subscription)], {
            about: 'Unknown, and so not drawn, while the broker is away.',
          }),
          graph(
            'Time to handle what gathered',
            [quantile(0.95, 'messaging_process_duration_seconds_bucket', group)],
            {
              unit: 's',
            },
          ),
        ],
      ],
    },
    {
      title: 'What did not go well at once',
      rows: [
        [
          graph('Sent to a retry topic', [perSecond('shop_messaging_retried_total', ...subscription)], {
            unit: 'mps',
            stacked: true,
          }),
          graph(
            'Sent to a dead-letter topic',
            [perSecond('shop_messaging_dead_lettered_total', ...subscription)],
            {
              unit: 'mps',
              stacked: true,
            },
          ),
          graph('Mails', [perSecond('shop_mails_total', 'outcome')], { unit: 'mps', stacked: true }),
        ],
        [
          figure('Retried', [inRange('retried', 'shop_messaging_retried_total')], { decimals: 0 }),
          figure('Dead letters', [inRange('dead letters', 'shop_messaging_dead_lettered_total')], {
            ...redFrom(1),
            decimals: 0,
            about: 'New ones; all that still lie there: npm run dlq -- list',
          }),
        ],
      ],
    },
  ],
};
