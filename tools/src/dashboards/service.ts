import { type Dashboard, graph } from './grafana.ts';
import { as, largest, perSecond, quantile, total } from './queries.ts';

const of = (metric: string, ...matchers: string[]) => `${metric}{${['job=~"$job"', ...matchers].join(',')}}`;
const served = 'http_server_request_duration_seconds';
const called = 'http_client_request_duration_seconds';
const route = ['job', 'http_request_method', 'http_route'];
const replica = ['job', 'instance'];
const edge = ['job', 'dependency'];

const requests = [
  [
    graph('Rate by route', [perSecond(of(`${served}_count`), ...route)], { unit: 'reqps' }),
    graph(
      'Errors',
      [
        perSecond(
          of(`${served}_count`, 'http_response_status_code=~"5.."'),
          ...route,
          'http_response_status_code',
        ),
      ],
      { unit: 'reqps', stacked: true },
    ),
  ],
  [
    graph(
      'Duration',
      [0.5, 0.95, 0.99].map((share) => quantile(share, of(`${served}_bucket`), 'job')),
      { unit: 's', exemplars: true, about: 'A dot is one request; it opens its trace.' },
    ),
    graph('Duration by route', [quantile(0.95, of(`${served}_bucket`), ...route)], { unit: 's' }),
  ],
];

const saturation = [
  [
    graph('CPU', [perSecond(of('process_cpu_time_seconds_total'), ...replica)], { about: 'Cores in use.' }),
    graph('Event loop busy', [total(of('nodejs_eventloop_utilization_ratio'), ...replica)], {
      unit: 'percentunit',
      max: 1,
    }),
    graph(
      'Event loop delay, 99th percentile',
      [total(of('nodejs_eventloop_delay_p99_seconds'), ...replica)],
      {
        unit: 's',
      },
    ),
  ],
  [
    graph(
      'Memory',
      [
        total(of('process_memory_usage_bytes'), ...replica),
        as('{{job}} {{instance}} heap', total(of('v8js_memory_heap_used_bytes'), ...replica)),
      ],
      { unit: 'bytes' },
    ),
    graph(
      'Requests in flight, and how many may be',
      [
        total(of('shop_http_concurrency_in_flight'), ...replica),
        as('{{job}} {{instance}} limit', total(of('shop_http_concurrency_limit'), ...replica)),
      ],
      { about: 'The limit adapts: it falls while answers get slower.' },
    ),
    graph(
      'Requests refused',
      [
        perSecond(of('shop_http_shed_total'), 'job', 'priority'),
        as('{{job}} over a customer’s rate limit', perSecond(of('shop_http_rate_limited_total'), 'job')),
      ],
      {
        unit: 'reqps',
        stacked: true,
        about: 'Under load the least important first: batch, browse, checkout.',
      },
    ),
  ],
  [
    graph('Database connections', [
      total(of('db_client_connection_count'), 'job', 'db_client_connection_state'),
      as('{{job}} at most', total(of('db_client_connection_max'), 'job')),
    ]),
    graph('Work that waits for a connection', [
      total(of('db_client_connection_pending_requests'), ...replica),
    ]),
  ],
];

const dependencies = [
  [
    graph(
      'Calls by answer',
      [perSecond(of(`${called}_count`), 'job', 'peer_service', 'http_response_status_code', 'error_type')],
      { unit: 'reqps', stacked: true },
    ),
    graph('Duration of calls', [quantile(0.95, of(`${called}_bucket`), 'job', 'peer_service')], {
      unit: 's',
      exemplars: true,
    }),
    graph('Circuit breakers', [largest(of('shop_circuit_breaker_state'), ...edge)], {
      max: 2,
      decimals: 0,
      about: '0 closed, 1 half-open, 2 open.',
    }),
  ],
  [
    graph('Repeated calls', [perSecond(of('shop_resilience_retries_total'), ...edge, 'outcome')], {
      unit: 'reqps',
      stacked: true,
    }),
    graph('Repeats that the budget still allows', [total(of('shop_retry_budget_left'), ...edge)]),
    graph(
      'Calls refused before they were made',
      [perSecond(of('shop_resilience_refused_total'), ...edge, 'reason')],
      {
        unit: 'reqps',
        stacked: true,
      },
    ),
    graph('Places for calls at once', [
      as('{{job}} {{dependency}} taken', total(of('shop_bulkhead_in_use'), ...edge)),
      as('{{job}} {{dependency}} waiting', total(of('shop_bulkhead_waiting'), ...edge)),
      as('{{job}} {{dependency}} at most', total(of('shop_bulkhead_limit'), ...edge)),
    ]),
  ],
];

export const service: Dashboard = {
  uid: 'service',
  title: 'Service',
  about:
    'One service, or several side by side: rate, errors and duration, what limits it, and what it depends on.',
  choose: { label: 'job', from: 'process_uptime_seconds' },
  sections: [
    { title: 'Requests', rows: requests },
    { title: 'Saturation', rows: saturation },
    { title: 'Dependencies', rows: dependencies },
  ],
};
