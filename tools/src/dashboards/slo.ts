import { type Dashboard, figure, graph, type Panel, redFrom } from './grafana.ts';
import { as, perSecond, quantile } from './queries.ts';

const windows = ['5m', '30m', '1h', '2h', '6h', '1d', '3d'];
const placing =
  'http_server_request_duration_seconds_count{job="gateway",http_request_method="POST",http_route="/v1/orders"}';

/** What is promised, what is left of its budget, and how fast that goes. */
const objective = (slo: string): Panel[][] => {
  const burn = (window: string) => `slo:burn_rate:${window}{slo="${slo}"}`;
  return [
    [
      figure('Kept in 30 days', [[slo, `1 - ${burn('30d')} * slo:budget:ratio`]], {
        unit: 'percentunit',
        decimals: 3,
      }),
      figure('Error budget left of 30 days', [[slo, `1 - ${burn('30d')}`]], {
        unit: 'percentunit',
        min: 'none',
        decimals: 1,
        levels: [
          ['red', 0],
          ['orange', 0.1],
          ['green', 0.5],
        ],
      }),
      figure('Burn rate of the last hour', [[slo, burn('1h')]], { ...redFrom(14.4), decimals: 1 }),
    ],
    [
      graph(
        'Burn rates',
        windows.map((window) => [window, burn(window)]),
        {
          decimals: 1,
          about:
            '1 uses up the budget of 30 days in 30 days. Paged from 14.4 (1 h and 5 min) or 6 (6 h and 30 min) on.',
        },
      ),
      graph('Error budget left', [['of 30 days', `1 - ${burn('30d')}`]], {
        unit: 'percentunit',
        min: 'none',
        max: 1,
      }),
    ],
  ];
};

export const slo: Dashboard = {
  uid: 'slo',
  title: 'SLO',
  about: 'The two promises to customers, and how much of what may fail has failed.',
  sections: [
    {
      title: 'A request to place an order is answered: 99.9 %',
      rows: [
        ...objective('place-order'),
        [
          graph('Requests to place an order', [perSecond(placing, 'http_response_status_code')], {
            unit: 'reqps',
            stacked: true,
          }),
        ],
      ],
    },
    {
      title: 'An order is CONFIRMED within 2 s: 99 %',
      rows: [
        ...objective('confirmation'),
        [
          graph(
            'Placed to CONFIRMED',
            [0.5, 0.95, 0.99].map((share) =>
              quantile(share, 'shop_orders_confirmation_duration_seconds_bucket'),
            ),
            { ...redFrom(2), unit: 's' },
          ),
          graph(
            'Orders that timed out',
            [as('timed out', perSecond('shop_orders_ended_total{reason="order/timed-out"}'))],
            { unit: 'reqps', about: 'They count as late.' },
          ),
        ],
      ],
    },
    {
      title: 'Alerts',
      rows: [
        [
          graph(
            'Alerts that fire',
            [['{{alertname}} {{severity}}', 'sum by (alertname, severity) (ALERTS{alertstate="firing"})']],
            { stacked: true, decimals: 0 },
          ),
        ],
      ],
    },
  ],
};
