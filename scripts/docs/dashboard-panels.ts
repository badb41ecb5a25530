/** A query, and its legend; `{{label}}` is replaced by a label's value. */
type Query = readonly [expression: string, legend: string];

/** A panel of the dashboard. */
export interface Panel {
  title: string;
  /** A sentence shown on hover. */
  about?: string;
  /** `number` shows only the latest value, red from `badFrom` on, or below `badBelow`. */
  kind: 'number' | 'lines';
  /** Grafana's name of the unit. */
  unit: 's' | 'short' | 'reqps' | 'percentunit' | 'bytes';
  badFrom?: number | undefined;
  badBelow?: number;
  queries: readonly Query[];
}

export interface Row {
  title: string;
  panels: readonly Panel[];
}

const lines = (
  title: string,
  unit: Panel['unit'],
  queries: readonly Query[],
  about?: string,
): Panel => ({
  ...{ title, kind: 'lines', unit, queries },
  ...(about ? { about } : {}),
});
const worst = (title: string, expression: string, badFrom = 1): Panel => ({
  ...{ title, kind: 'number', unit: 'short', badFrom, queries: [[expression, title]] },
});
/** A quantile of a histogram, by some of its labels. */
const quantile = (share: number, name: string, by = '', only = ''): string =>
  `histogram_quantile(${share}, sum by (le${by && `, ${by}`}) (rate(${name}_bucket{job="$job"${only && `, ${only}`}}[$__rate_interval])))`;
const rate = (name: string, by: string): string =>
  `sum by (${by}) (rate(${name}{job="$job"}[$__rate_interval]))`;
/** Every process reports the same value of a shared metric. */
const shared = (name: string): string => `max(${name}{job="$job"})`;
const sharedBy = (name: string, by: string, only = ''): string =>
  `max by (${by}) (${name}{job="$job"${only && `, ${only}`}})`;

/** The dashboard, row by row: problems first, then a task's lifecycle, then the infrastructure. */
export const ROWS: readonly Row[] = [
  {
    title: 'Does anything need you?',
    panels: [
      worst('Urgent', shared('humanrail_attention_urgent')),
      worst('Soon', shared('humanrail_attention_soon'), 5),
      {
        ...worst('Engine runs jobs', 'min(humanrail_engine_registered{job="$job"})'),
        badFrom: undefined,
        badBelow: 1,
      },
      {
        ...worst('Outbox lag', shared('humanrail_outbox_oldest_seconds'), 60),
        unit: 's',
      },
      worst('Rails down', shared('humanrail_rails_down')),
      worst('Ledger faults', shared('humanrail_ledger_faults')),
    ],
  },
  {
    title: 'Requests',
    panels: [
      lines('Answers by class of status', 'reqps', [
        [rate('humanrail_requests_total', 'status'), '{{status}}'],
      ]),
      lines('Busiest operations', 'reqps', [
        [`topk(8, ${rate('humanrail_requests_total', 'operation')})`, '{{operation}}'],
      ]),
      lines('Failures by operation', 'reqps', [
        [
          'sum by (operation) (rate(humanrail_requests_total{job="$job", status="5xx"}[$__rate_interval]))',
          '{{operation}}',
        ],
      ]),
      lines('Time of a create', 's', [
        [
          quantile(0.5, 'humanrail_request_duration_seconds', '', 'operation="tasks.create"'),
          'p50',
        ],
        [
          quantile(0.95, 'humanrail_request_duration_seconds', '', 'operation="tasks.create"'),
          'p95',
        ],
        [
          quantile(0.99, 'humanrail_request_duration_seconds', '', 'operation="tasks.create"'),
          'p99',
        ],
      ]),
      lines(
        'Slowest operations, p99',
        's',
        [
          [
            `topk(8, ${quantile(0.99, 'humanrail_request_duration_seconds', 'operation')})`,
            '{{operation}}',
          ],
        ],
        'A read with ?wait= includes the wait.',
      ),
    ],
  },
  {
    title: 'Tasks',
    panels: [
      lines('Open tasks, live', 'short', [
        [sharedBy('humanrail_queue_length', 'queue', 'mode="live"'), '{{queue}}'],
      ]),
      lines(
        'Oldest in each queue, live',
        's',
        [[sharedBy('humanrail_queue_oldest_seconds', 'queue', 'mode="live"'), '{{queue}}']],
        'Posted waits for a worker, assigned is at one, submitted waits for its judgement or a reviewer.',
      ),
      lines('Judgements by outcome', 'reqps', [
        [rate('humanrail_judgement_duration_seconds_count', 'outcome'), '{{outcome}}'],
      ]),
      lines('Time of a judgement', 's', [
        [quantile(0.5, 'humanrail_judgement_duration_seconds'), 'p50'],
        [quantile(0.99, 'humanrail_judgement_duration_seconds'), 'p99'],
      ]),
      lines('Reviews that tasks wait for', 'short', [
        [shared('humanrail_reviews_blocking'), 'reviews'],
      ]),
    ],
  },
  {
    title: 'Webhooks and money',
    panels: [
      lines('Tries at webhooks by result', 'reqps', [
        [rate('humanrail_webhook_duration_seconds_count', 'result'), '{{result}}'],
      ]),
      lines('Time of a try, p99', 's', [
        [quantile(0.99, 'humanrail_webhook_duration_seconds', 'result'), '{{result}}'],
      ]),
      lines('Calls of rails by result', 'reqps', [
        [
          rate('humanrail_rail_call_duration_seconds_count', 'rail, call, result'),
          '{{rail}} {{call}} {{result}}',
        ],
      ]),
      lines('Time of a rail’s call, p95', 's', [
        [quantile(0.95, 'humanrail_rail_call_duration_seconds', 'rail, call'), '{{rail}} {{call}}'],
      ]),
      lines('Payouts in trouble, live', 'short', [
        [shared('humanrail_payouts_failed'), 'failed'],
        [shared('humanrail_payouts_unknown'), 'unknown'],
        [shared('humanrail_payouts_stuck'), 'stuck'],
      ]),
      lines('Rails', 'short', [
        [shared('humanrail_rails_down'), 'down'],
        [shared('humanrail_rails_low'), 'low'],
        [shared('humanrail_rail_differences'), 'differences'],
        [shared('humanrail_rail_balances_off'), 'balances off'],
        [shared('humanrail_rails_not_reconciled'), 'not compared'],
      ]),
    ],
  },
  {
    title: 'Background work',
    panels: [
      lines('Runs of the engine', 'short', [
        [sharedBy('humanrail_engine_runs', 'state'), '{{state}}'],
      ]),
      lines('Longest wait for the engine', 's', [
        [shared('humanrail_engine_oldest_due_seconds'), 'oldest run that is due'],
      ]),
      lines('Outbox', 'short', [
        [shared('humanrail_outbox_due'), 'due'],
        [shared('humanrail_outbox_failing'), 'failing'],
      ]),
      lines('Since a sweep ended well', 's', [
        [`topk(8, time() - ${sharedBy('humanrail_sweep_ended_seconds', 'sweep')})`, '{{sweep}}'],
      ]),
      lines('Time of sweeps', 's', [
        [`topk(8, ${sharedBy('humanrail_sweep_duration_seconds', 'sweep')})`, '{{sweep}}'],
      ]),
      lines('Failed tries of sweeps', 'short', [
        [`${sharedBy('humanrail_sweep_failures', 'sweep')} > 0`, '{{sweep}}'],
        [shared('humanrail_sweeps_late'), 'late or failing'],
      ]),
    ],
  },
  {
    title: 'Processes',
    panels: [
      lines('Memory', 'bytes', [
        ['process_resident_memory_bytes{job="$job"}', '{{instance}} {{process}}'],
      ]),
      lines('Processor', 'percentunit', [
        [
          'rate(process_cpu_seconds_total{job="$job"}[$__rate_interval])',
          '{{instance}} {{process}}',
        ],
      ]),
      lines('Event loop, p99', 's', [
        ['nodejs_eventloop_lag_p99_seconds{job="$job"}', '{{instance}} {{process}}'],
      ]),
      lines('Database connections', 'short', [
        ['sum(humanrail_db_connections{job="$job"})', 'open'],
        ['sum(humanrail_db_connections_idle{job="$job"})', 'idle'],
        ['sum(humanrail_db_waiting{job="$job"})', 'requests that wait'],
      ]),
      lines('Garbage collection', 'percentunit', [
        [
          'sum by (instance, process) (rate(nodejs_gc_duration_seconds_sum{job="$job"}[$__rate_interval]))',
          '{{instance}} {{process}}',
        ],
      ]),
      lines('Callers refused, spans lost', 'short', [
        [shared('humanrail_callers_refused'), 'callers refused'],
        ['sum(increase(humanrail_spans_lost_total{job="$job"}[$__rate_interval]))', 'spans lost'],
      ]),
    ],
  },
];
