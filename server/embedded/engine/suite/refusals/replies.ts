/** An app's response to the first call of a run. */
export interface BadReply {
  status: number;
  body: string;
  headers: Record<string, string>;
}

export interface ReplyCase {
  name: string;
  reply: BadReply;
}

const SDK = {
  'content-type': 'application/json',
  'x-inngest-sdk': 'inngest-js:v4.24.0',
  'x-inngest-req-version': '2',
  'x-inngest-no-retry': 'false',
};
const ID = 'a'.repeat(40);
const MB = 1024 * 1024;
const text = (length: number): string => 'x'.repeat(length);

/** Operations, or any other body, as the SDK sends them. */
const ops = (body: unknown, headers: Record<string, string> = {}): BadReply => ({
  status: 206,
  body: typeof body === 'string' ? body : JSON.stringify(body),
  headers: { ...SDK, ...headers },
});
const op = (over: object): BadReply =>
  ops([{ id: ID, name: 's', displayName: 's', opts: {}, ...over }]);
const step = (data: unknown): BadReply => op({ op: 'StepRun', data });
const sleep = (name: unknown): BadReply => op({ op: 'Sleep', name });
const wait = (opts: unknown, name: unknown = 'refusals/never'): BadReply =>
  op({ op: 'WaitForEvent', name, opts });
const invoke = (opts: unknown): BadReply => op({ op: 'InvokeFunction', opts });
const answer = (status: number, body: string, headers: Record<string, string> = {}): BadReply => ({
  status,
  body,
  headers: { ...SDK, ...headers },
});
const stranger = (status: number, body: string): BadReply => ({
  status,
  body,
  headers: { 'content-type': 'application/json' },
});

const table: Record<string, BadReply> = {
  'a step’s result': step({ v: 1 }),
  'one operation, not in an array': ops({ id: ID, op: 'StepRun', name: 's', data: 1 }),
  'no operations': ops([]),
  'an empty body': ops(''),
  'a body of null': ops('null'),
  'a body that is text': ops('"x"'),
  'a body that is a number': ops('7'),
  'a body that is no JSON': ops('{nope'),
  'a body cut off': ops('[{"id":"a","op":"StepRun"'),
  'an array of null': ops([null]),
  'an array of text': ops(['x']),
  'an operation of unknown type': op({ op: 'Teleport' }),
  'an operation of type None': op({ op: 'None' }),
  'an operation without a type': op({}),
  'an operation whose type is a number': op({ op: 7 }),
  'an operation without an id': ops([{ op: 'StepRun', name: 's', data: 1 }]),
  'an operation whose id is a number': op({ id: 7, op: 'StepRun', data: 1 }),
  'an operation whose name is a number': op({ op: 'StepRun', name: 7, data: 1 }),
  'an operation whose opts are text': op({ op: 'StepRun', opts: 'x', data: 1 }),
  'a step without data': op({ op: 'StepRun' }),
  'the same step twice': ops([1, 2].map((data) => ({ id: ID, op: 'StepRun', name: 's', data }))),
  'a step error without an error': op({ op: 'StepError' }),
  'a step error with an error': op({ op: 'StepError', error: { name: 'Error', message: 'no' } }),
  'a failed step without an error': op({ op: 'StepFailed' }),
  'a step’s result of 3.9 MB': step(text(3.9 * MB)),
  'a step’s result of 4.5 MB': step(text(4.5 * MB)),
  'a step’s result of 9 MB': step(text(9 * MB)),
  'a return value of 3.9 MB': op({ op: 'RunComplete', data: text(3.9 * MB) }),
  'a return value of 9 MB': op({ op: 'RunComplete', data: text(9 * MB) }),
  'a sleep of 1s': sleep('1s'),
  'a sleep of nothing': sleep(''),
  'a sleep of null': sleep(null),
  'a sleep that is a number': sleep(1_000),
  'a sleep of words': sleep('banana'),
  'a sleep of 5': sleep('5'),
  'a sleep of -5s': sleep('-5s'),
  'a sleep until yesterday': sleep('2020-01-01T00:00:00Z'),
  'a sleep until a day that is none': sleep('2027-02-31T00:00:00Z'),
  'a sleep of 400d': sleep('400d'),
  'a sleep until 2100': sleep('2100-01-01T00:00:00Z'),
  'a wait of 1s': wait({ timeout: '1s' }),
  'a wait without opts': wait(undefined),
  'a wait whose opts are null': wait(null),
  'a wait without a timeout': wait({}),
  'a wait with a timeout of nothing': wait({ timeout: '' }),
  'a wait with a timeout of words': wait({ timeout: 'banana' }),
  'a wait with a timeout that is a number': wait({ timeout: 1_000 }),
  'a wait with a timeout of 400d': wait({ timeout: '400d' }),
  'a wait for no event': wait({ timeout: '1s' }, ''),
  'a wait with a broken expression': wait({ timeout: '1s', if: 'event.data.(' }),
  'a wait with an expression that is a number': wait({ timeout: '1s', if: 7 }),
  'an invocation of nothing': invoke({ payload: {} }),
  'an invocation of an unknown function': invoke({
    function_id: 'no-such',
    payload: {},
    timeout: '1h',
  }),
  'an invocation without opts': invoke(undefined),
  'an invocation with a timeout of words': invoke({
    function_id: 'no-such',
    payload: {},
    timeout: 'banana',
  }),
  'an invocation whose payload is text': invoke({
    function_id: 'no-such',
    payload: 'x',
    timeout: '1h',
  }),
  'a wait for no signal': op({ op: 'WaitForSignal', opts: { timeout: '1s' } }),
  'a wait for a signal without a timeout': op({
    op: 'WaitForSignal',
    opts: { signal: 'refusals' },
  }),
  'a wait for a signal with a timeout of words': op({
    op: 'WaitForSignal',
    opts: { signal: 'refusals', timeout: 'banana' },
  }),
  'a return value': answer(200, '{"a":1}'),
  'a return value of nothing': answer(200, ''),
  'a return value that is no JSON': answer(200, 'plain words'),
  'a return value with status 201': answer(201, '1'),
  'a return value with status 204': answer(204, ''),
  'a redirect': answer(302, '', { location: 'http://127.0.0.1:9/elsewhere' }),
  'an error that may be retried': answer(500, '{"name":"Error","message":"no"}'),
  'an error that is final': answer(400, '{"name":"Error","message":"no"}', {
    'x-inngest-no-retry': 'true',
  }),
  'an error of status 400 that may be retried': answer(400, '{"name":"Error","message":"no"}'),
  'an error that is no JSON': answer(500, 'plain words'),
  'an error with an empty body': answer(500, ''),
  'an error with a Retry-After of words': answer(500, '{"name":"Error","message":"no"}', {
    'retry-after': 'banana',
  }),
  'an error with a Retry-After of -5': answer(500, '{"name":"Error","message":"no"}', {
    'retry-after': '-5',
  }),
  'a request version that is words': ops([{ id: ID, op: 'StepRun', name: 's', data: 1 }], {
    'x-inngest-req-version': 'banana',
  }),
  'a stranger’s 200': stranger(200, '{}'),
  'a stranger’s 206': stranger(
    206,
    JSON.stringify([{ id: ID, op: 'StepRun', name: 's', data: 1 }]),
  ),
  'a stranger’s 404': stranger(404, 'Not found'),
  'a stranger’s 401': stranger(401, '{"message":"Unauthorized"}'),
};

export const replyCases: ReplyCase[] = Object.entries(table).map(([name, reply]) => ({
  name,
  reply,
}));
