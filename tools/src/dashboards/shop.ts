import { bars, type Dashboard, figure, graph, redFrom } from './grafana.ts';
import { as, inRange, largest, perSecond, quantile } from './queries.ts';

const confirmed = 'shop_orders_ended_total{outcome="CONFIRMED"}';
const unconfirmed = 'shop_orders_ended_total{outcome=~"REJECTED|CANCELLED"}';
const left = (state: string) => `shop_saga_state_duration_seconds_count{state="${state}"}`;
/** Amounts are counted in minor units; these are currencies with a hundred of them. */
const money = (counter: string) => `sum by (currency) (increase(${counter}[$__range])) / 100`;

export const shop: Dashboard = {
  uid: 'shop',
  title: 'Shop',
  about: 'What the customers do: orders by outcome, how far they get, and what they pay.',
  sections: [
    {
      title: 'Orders',
      rows: [
        [
          figure('Placed', [inRange('placed', 'shop_orders_placed_total')], { decimals: 0 }),
          figure('Confirmed', [inRange('confirmed', confirmed)], { decimals: 0 }),
          figure('Under way', [['under way', 'sum(max by (state) (shop_saga_orders))']], { decimals: 0 }),
          figure(
            'Confirmed of those that ended',
            [
              [
                'confirmed',
                `sum(increase(${confirmed}[$__range])) / sum(increase(shop_orders_ended_total{outcome!="REFUNDED"}[$__range]))`,
              ],
            ],
            { unit: 'percentunit', decimals: 1 },
          ),
        ],
        [
          graph('Orders by outcome', [perSecond('shop_orders_ended_total', 'outcome')], {
            unit: 'reqps',
            stacked: true,
            about: 'A refunded order was confirmed before, and counts in both.',
          }),
          graph('Why orders were not confirmed', [perSecond(unconfirmed, 'reason')], {
            unit: 'reqps',
            stacked: true,
          }),
        ],
      ],
    },
    {
      title: 'The saga',
      rows: [
        [
          bars(
            'Funnel: how far orders got',
            [
              inRange('1 placed', 'shop_orders_placed_total'),
              inRange('2 stock reserved', left('AUTHORISING')),
              inRange('3 payment authorised', left('COMPLETING')),
              inRange('4 confirmed', confirmed),
            ],
            { decimals: 0, about: 'Counted when the step after it ends.' },
          ),
          graph(
            'Time in each state, 95th percentile',
            [
              as(
                '{{state}}',
                quantile(
                  0.95,
                  'shop_saga_state_duration_seconds_bucket{state!~"CONFIRMED|REFUNDING"}',
                  'state',
                ),
              ),
            ],
            { unit: 's' },
          ),
        ],
        [
          graph('Orders under way', [largest('shop_saga_orders', 'state')], { stacked: true }),
          graph('Longest present stay in a state', [largest('shop_saga_oldest_seconds', 'state')], {
            ...redFrom(120),
            unit: 's',
            about: 'The line is where the alert OrderStuck begins.',
          }),
        ],
      ],
    },
    {
      title: 'Money',
      rows: [
        [
          graph(
            'Revenue a minute',
            [
              [
                '{{currency}}',
                '60 * sum by (currency) (rate(shop_orders_revenue_total[$__rate_interval])) / 100',
              ],
            ],
            {
              decimals: 2,
              about: 'Totals of confirmed orders, before refunds.',
            },
          ),
          bars(
            'Revenue and refunds',
            [
              ['{{currency}} confirmed', money('shop_orders_revenue_total')],
              ['{{currency}} refunded', money('shop_orders_refunded_total')],
            ],
            { decimals: 2 },
          ),
          graph('Open calls to the payment provider', [largest('shop_psp_calls_open', 'step')], {
            stacked: true,
          }),
        ],
      ],
    },
  ],
};
