/** One registration: changes applied to a valid one. */
export interface RegistrationCase {
  name: string;
  /** To its only function. */
  fn?: object;
  /** To the surrounding request. */
  app?: object;
  /** Replaces the whole body, as text. */
  body?: string;
  /** Adds functions with these changes. */
  more?: object[];
}

const event = (over: object = {}): object => ({ event: 'q', ...over });
const cron = (text: string): { fn: object } => ({ fn: { triggers: [{ cron: text }] } });
const fn = (over: object): { fn: object } => ({ fn: over });
const cancels = (count: number): object[] =>
  Array.from({ length: count }, (_, at) => ({ event: `c${at}` }));
const triggers = (count: number): object[] =>
  Array.from({ length: count }, (_, at) => ({ event: `q${at}` }));
const step = (over: object): object => ({
  step: {
    id: 'step',
    name: 'step',
    runtime: { type: 'http', url: 'http://127.0.0.1:9/x' },
    ...over,
  },
});
const batch = (over: object): object => ({ batchEvents: { maxSize: 5, timeout: '5s', ...over } });
const BAD_CEL = 'event.data.(';

function durations(option: string, make: (period: string) => object, texts: string[]) {
  return texts.map((text) => [`${option} of ${text || 'nothing'}`, fn(make(text))] as const);
}

const PERIODS = [
  '',
  'banana',
  '5',
  '-5s',
  '0s',
  '500ms',
  '1s',
  '1.5h',
  '1d',
  '1w',
  '8d',
  '1m30s',
  '400d',
];

const table: (readonly [string, Omit<RegistrationCase, 'name'>])[] = [
  ['a right one', {}],
  // The request.
  ['a body that is no JSON', { body: '{nope' }],
  ['an empty body', { body: '' }],
  ['a body of null', { body: 'null' }],
  ['a body that is an array', { body: '[]' }],
  ['no app name', { app: { appName: undefined } }],
  ['an empty app name', { app: { appName: '' } }],
  ['an app name that is a number', { app: { appName: 7 } }],
  ['no url', { app: { url: undefined } }],
  ['an empty url', { app: { url: '' } }],
  ['a url that is none', { app: { url: 'banana' } }],
  ['a url that is a number', { app: { url: 7 } }],
  ['no functions', { app: { functions: [] } }],
  ['functions that are missing', { app: { functions: undefined } }],
  ['functions of null', { app: { functions: null } }],
  ['functions that are an object', { app: { functions: {} } }],
  ['a function of null', { app: { functions: [null] } }],
  ['a function that is text', { app: { functions: ['f'] } }],
  ['no sdk', { app: { sdk: undefined } }],
  ['an sdk that is a number', { app: { sdk: 7 } }],
  // Ids and names.
  ['no id', fn({ id: undefined })],
  ['an empty id', fn({ id: '' })],
  ['an id that is a number', fn({ id: 7 })],
  ['neither id nor name', fn({ id: '', name: '' })],
  ['an id of 300 characters', fn({ id: 'x'.repeat(300) })],
  ['no name', fn({ name: undefined })],
  ['an empty name', fn({ name: '' })],
  ['a name that is a number', fn({ name: 7 })],
  ['two functions with one id', { more: [{}] }],
  ['one bad function among good ones', { more: [{ id: 'other', triggers: [{ cron: 'banana' }] }] }],
  // Triggers.
  ['no triggers', fn({ triggers: [] })],
  ['triggers that are missing', fn({ triggers: undefined })],
  ['triggers that are an object', fn({ triggers: event() })],
  ['a trigger of neither', fn({ triggers: [{}] })],
  ['a trigger of both', fn({ triggers: [event({ cron: '* * * * *' })] })],
  ['a trigger with an empty event', fn({ triggers: [{ event: '' }] })],
  ['a trigger whose event is a number', fn({ triggers: [{ event: 7 }] })],
  ['a trigger whose event has 255 characters', fn({ triggers: [{ event: 'x'.repeat(255) }] })],
  ['a trigger whose event has 256 characters', fn({ triggers: [{ event: 'x'.repeat(256) }] })],
  ['a trigger of the engine', fn({ triggers: [{ event: 'inngest/function.failed' }] })],
  ['a trigger with an expression', fn({ triggers: [event({ expression: 'event.data.n > 1' })] })],
  ['a trigger with an empty expression', fn({ triggers: [event({ expression: '' })] })],
  ['a trigger with a broken expression', fn({ triggers: [event({ expression: BAD_CEL })] })],
  ['a trigger with an unknown function', fn({ triggers: [event({ expression: 'foo(event)' })] })],
  ['a trigger with an unknown variable', fn({ triggers: [event({ expression: 'banana > 1' })] })],
  ['a trigger whose expression is a number', fn({ triggers: [event({ expression: 7 })] })],
  ['10 triggers', fn({ triggers: triggers(10) })],
  ['11 triggers', fn({ triggers: triggers(11) })],
  ['the same trigger twice', fn({ triggers: [event(), event()] })],
  ['one event with two expressions', fn({ triggers: [event({ expression: 'true' }), event()] })],
  ['the same cron twice', fn({ triggers: [{ cron: '* * * * *' }, { cron: '* * * * *' }] })],
  ...[
    '* * * * *',
    'TZ=Europe/Paris 0 9 * * 1-5',
    'TZ=Europe/Atlantis 0 9 * * *',
    'not a cron',
    '',
    '* * * *',
    '* * * * * *',
    '60 * * * *',
    '* 24 * * *',
    '* * 0 * *',
    '* * 32 * *',
    '* * * 13 *',
    '* * * * 7',
    '* * * * 8',
    '*/5 * * * *',
    '*/0 * * * *',
    '5-1 * * * *',
    '0 0 30 2 *',
    '@daily',
    '@every 5m',
    '@reboot',
    '0 0 * JAN MON',
    '0 0 * * MON-FRI',
    '0 0 L * *',
    '0 0 ? * *',
    '0 0 * * 1#2',
    '1,2,3 * * * *',
    '1, 2 * * * *',
    '-1 * * * *',
    '0 0 1W * *',
    '0 0 * * 5L',
    '*/70 * * * *',
  ].map((text) => [`the cron "${text}"`, cron(text)] as const),
  ['a cron that is a number', fn({ triggers: [{ cron: 7 }] })],
  // Steps.
  ['no steps', fn({ steps: {} })],
  ['steps that are missing', fn({ steps: undefined })],
  [
    'two steps',
    fn({
      steps: {
        ...step({}),
        other: {
          id: 'other',
          name: 'other',
          runtime: { type: 'http', url: 'http://127.0.0.1:9/x' },
        },
      },
    }),
  ],
  ['a step without a name', fn({ steps: step({ name: undefined }) })],
  ['a step without a runtime', fn({ steps: step({ runtime: undefined }) })],
  ['a step without a url', fn({ steps: step({ runtime: { type: 'http' } }) })],
  ['a step whose url is a number', fn({ steps: step({ runtime: { type: 'http', url: 7 } }) })],
  ['a step with an empty url', fn({ steps: step({ runtime: { type: 'http', url: '' } }) })],
  ['a step whose url is none', fn({ steps: step({ runtime: { type: 'http', url: 'banana' } }) })],
  [
    'a step whose url has no scheme',
    fn({ steps: step({ runtime: { type: 'http', url: '//x/y' } }) }),
  ],
  ['a step at ftp', fn({ steps: step({ runtime: { type: 'http', url: 'ftp://x/y' } }) })],
  [
    'a step at https',
    fn({ steps: step({ runtime: { type: 'http', url: 'https://x.example/y' } }) }),
  ],
  ['retries of 0', fn({ steps: step({ retries: { attempts: 0 } }) })],
  ['retries of 20', fn({ steps: step({ retries: { attempts: 20 } }) })],
  ['retries of 21', fn({ steps: step({ retries: { attempts: 21 } }) })],
  ['retries of -1', fn({ steps: step({ retries: { attempts: -1 } }) })],
  ['retries of 1.5', fn({ steps: step({ retries: { attempts: 1.5 } }) })],
  ['retries in text', fn({ steps: step({ retries: { attempts: '3' } }) })],
  ['retries of null', fn({ steps: step({ retries: null }) })],
  // Cancellation.
  ['5 cancellations', fn({ cancel: cancels(5) })],
  ['6 cancellations', fn({ cancel: cancels(6) })],
  ['a cancellation without an event', fn({ cancel: [{}] })],
  ['a cancellation with an empty event', fn({ cancel: [{ event: '' }] })],
  [
    'a cancellation with an expression',
    fn({ cancel: [{ event: 'c', if: 'event.data.id == async.data.id' }] }),
  ],
  ['a cancellation with a broken expression', fn({ cancel: [{ event: 'c', if: BAD_CEL }] })],
  ['a cancellation with an empty expression', fn({ cancel: [{ event: 'c', if: '' }] })],
  ...durations('a cancellation timeout', (timeout) => ({ cancel: [{ event: 'c', timeout }] }), [
    '',
    'banana',
    '1d',
    '400d',
  ]),
  // Concurrency.
  ['concurrency of 0', fn({ concurrency: 0 })],
  ['concurrency of 5', fn({ concurrency: 5 })],
  ['concurrency of -1', fn({ concurrency: -1 })],
  ['concurrency of 1.5', fn({ concurrency: 1.5 })],
  ['concurrency in text', fn({ concurrency: '5' })],
  ['a concurrency limit of -1', fn({ concurrency: [{ limit: -1 }] })],
  ['a concurrency limit of 1.5', fn({ concurrency: [{ limit: 1.5 }] })],
  ['a concurrency limit in text', fn({ concurrency: [{ limit: '5' }] })],
  ['a concurrency without a limit', fn({ concurrency: [{ key: 'event.data.a' }] })],
  ['no concurrency limits', fn({ concurrency: [] })],
  ['2 concurrency limits', fn({ concurrency: [{ limit: 1 }, { limit: 2, key: "'a'" }] })],
  [
    '3 concurrency limits',
    fn({ concurrency: [{ limit: 1 }, { limit: 2, key: "'a'" }, { limit: 3, key: "'b'" }] }),
  ],
  ['a concurrency key that is broken', fn({ concurrency: [{ limit: 1, key: BAD_CEL }] })],
  ['a concurrency key that is empty', fn({ concurrency: [{ limit: 1, key: '' }] })],
  [
    'an account scope with a key',
    fn({ concurrency: [{ limit: 1, scope: 'account', key: "'g'" }] }),
  ],
  ['an account scope without a key', fn({ concurrency: [{ limit: 1, scope: 'account' }] })],
  ['an env scope without a key', fn({ concurrency: [{ limit: 1, scope: 'env' }] })],
  ['an unknown scope', fn({ concurrency: [{ limit: 1, scope: 'galaxy', key: "'g'" }] })],
  // Flow control.
  ...durations('a throttle period', (period) => ({ throttle: { limit: 1, period } }), PERIODS),
  ['a throttle limit of 0', fn({ throttle: { limit: 0, period: '1m' } })],
  ['a throttle limit of -1', fn({ throttle: { limit: -1, period: '1m' } })],
  ['a throttle limit of 1.5', fn({ throttle: { limit: 1.5, period: '1m' } })],
  ['a throttle burst of -1', fn({ throttle: { limit: 1, period: '1m', burst: -1 } })],
  ['a throttle key that is broken', fn({ throttle: { limit: 1, period: '1m', key: BAD_CEL } })],
  ...durations('a rate limit period', (period) => ({ rateLimit: { limit: 1, period } }), PERIODS),
  ['a rate limit of 0', fn({ rateLimit: { limit: 0, period: '1m' } })],
  ['a rate limit of -1', fn({ rateLimit: { limit: -1, period: '1m' } })],
  ['a rate limit key that is broken', fn({ rateLimit: { limit: 1, period: '1m', key: BAD_CEL } })],
  ['a rate limit key that is empty', fn({ rateLimit: { limit: 1, period: '1m', key: '' } })],
  ['a rate limit of 24h', fn({ rateLimit: { limit: 1, period: '24h' } })],
  ['a rate limit of 25h', fn({ rateLimit: { limit: 1, period: '25h' } })],
  ...durations('a debounce period', (period) => ({ debounce: { period } }), PERIODS),
  ['no debounce period', fn({ debounce: {} })],
  ['a debounce key that is broken', fn({ debounce: { period: '5s', key: BAD_CEL } })],
  ['a debounce key that is empty', fn({ debounce: { period: '5s', key: '' } })],
  ...durations('a debounce timeout', (timeout) => ({ debounce: { period: '5s', timeout } }), [
    '',
    'banana',
    '100ms',
    '1m',
    '400d',
  ]),
  ...durations('a batch timeout', (timeout) => batch({ timeout }), [...PERIODS, '100h']),
  ['a batch of 0', fn(batch({ maxSize: 0 }))],
  ['a batch of 1', fn(batch({ maxSize: 1 }))],
  ['a batch of 2', fn(batch({ maxSize: 2 }))],
  ['a batch of 1,000', fn(batch({ maxSize: 1_000 }))],
  ['a batch of 1,001', fn(batch({ maxSize: 1_001 }))],
  ['a batch of 2.5', fn(batch({ maxSize: 2.5 }))],
  ['a batch size in text', fn(batch({ maxSize: '5' }))],
  ['a batch key that is broken', fn(batch({ key: BAD_CEL }))],
  ['a batch with cancellation', fn({ ...batch({}), cancel: [{ event: 'c' }] })],
  ['a batch with debounce', fn({ ...batch({}), debounce: { period: '5s' } })],
  ['a batch with singleton', fn({ ...batch({}), singleton: { mode: 'skip' } })],
  ['a batch with priority', fn({ ...batch({}), priority: { run: '1' } })],
  ['a batch with a rate limit', fn({ ...batch({}), rateLimit: { limit: 1, period: '1m' } })],
  ['a batch with an idempotency key', fn({ ...batch({}), idempotency: 'event.data.id' })],
  ['a singleton that skips', fn({ singleton: { mode: 'skip' } })],
  ['a singleton that cancels, by key', fn({ singleton: { mode: 'cancel', key: 'event.data.id' } })],
  ['a singleton without a mode', fn({ singleton: {} })],
  ['a singleton of an unknown mode', fn({ singleton: { mode: 'banana' } })],
  ['a singleton key that is broken', fn({ singleton: { mode: 'skip', key: BAD_CEL } })],
  ['a priority', fn({ priority: { run: 'event.data.vip ? 100 : 0' } })],
  ['a priority that is broken', fn({ priority: { run: BAD_CEL } })],
  ['a priority that is empty', fn({ priority: { run: '' } })],
  ['a priority that is a number', fn({ priority: { run: 100 } })],
  ['an idempotency key', fn({ idempotency: 'event.data.id' })],
  ['an idempotency key that is broken', fn({ idempotency: BAD_CEL })],
  ['an idempotency key that is empty', fn({ idempotency: '' })],
  ...durations('a start timeout', (start) => ({ timeouts: { start } }), [
    '',
    'banana',
    '0s',
    '500ms',
    '1h',
    '1d',
    '400d',
  ]),
  ...durations('a finish timeout', (finish) => ({ timeouts: { finish } }), [
    '',
    'banana',
    '1h',
    '400d',
  ]),
  ['a timeout that is a number', fn({ timeouts: { start: 5 } })],
];

export const registrationCases: RegistrationCase[] = table.map(([name, what]) => ({
  name,
  ...what,
}));
