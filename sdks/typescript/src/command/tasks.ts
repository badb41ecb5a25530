import type { HumanRail } from '../client.js';
import { TimeoutError } from '../errors.js';
import type { JsonSchema } from '../output-type.js';
import type { CreateTaskParams, RiskTier, SandboxScript, Task, TaskStatus } from '../types/task.js';
import { isTerminal } from '../wait-for-completion.js';
import { fromWire } from '../wire-case.js';
import { EXIT, type ExitCode, UsageError } from './exit-code.js';
import type { Io } from './io.js';
import { clientOf, objectOption, pairs, readArgs, wholeNumber } from './options.js';
import { jsonLine, taskLines } from './print.js';

const text = { type: 'string' } as const;
const flag = { type: 'boolean' } as const;
const several = { type: 'string', multiple: true } as const;

export async function createTask(args: readonly string[], io: Io): Promise<ExitCode> {
  const { values } = readArgs(
    args,
    {
      type: text,
      payload: text,
      schema: text,
      'payout-sats': text,
      'sla-seconds': text,
      skill: several,
      'risk-tier': text,
      instructions: text,
      metadata: several,
      'callback-url': text,
      key: text,
      sandbox: text,
      wait: flag,
      timeout: text,
    },
    [],
  );
  const payload = await objectOption('payload', values.payload, io);
  if (!values.type || !payload) throw new UsageError('--type and --payload are needed.');
  const params: CreateTaskParams = {
    type: values.type,
    payload,
    outputSchema: (await objectOption('schema', values.schema, io)) as JsonSchema | undefined,
    payoutSats: wholeNumber('payout-sats', values['payout-sats']),
    slaSeconds: wholeNumber('sla-seconds', values['sla-seconds']),
    skillsRequired: values.skill,
    riskTier: values['risk-tier'] as RiskTier | undefined,
    instructions: values.instructions,
    metadata: pairs('metadata', values.metadata),
    callbackUrl: values['callback-url'],
    idempotencyKey: values.key,
    // Written as the API documents it.
    sandbox: fromWire<SandboxScript | undefined>(await objectOption('sandbox', values.sandbox, io)),
  };
  const timeoutMs = timeoutOf(values.timeout);
  const client = clientOf(values, io);
  const task = await client.tasks.create(params, { signal: io.signal });
  if (values.wait) return await waitAndPrint(client, task.id, timeoutMs, values.json, io);
  print(task, values.json, io);
  return EXIT.done;
}

export async function getTask(args: readonly string[], io: Io): Promise<ExitCode> {
  const { values, given } = readArgs(args, {}, ['The ID of a task']);
  const client = clientOf(values, io);
  print(await client.tasks.get(given[0] ?? '', { signal: io.signal }), values.json, io);
  return EXIT.done;
}

export async function waitForTask(args: readonly string[], io: Io): Promise<ExitCode> {
  const { values, given } = readArgs(args, { timeout: text }, ['The ID of a task']);
  const timeoutMs = timeoutOf(values.timeout);
  return await waitAndPrint(clientOf(values, io), given[0] ?? '', timeoutMs, values.json, io);
}

export async function listTasks(args: readonly string[], io: Io): Promise<ExitCode> {
  const { values } = readArgs(
    args,
    {
      status: text,
      type: text,
      metadata: several,
      'created-after': text,
      'created-before': text,
      limit: text,
      all: flag,
    },
    [],
  );
  const most = values.all ? Number.POSITIVE_INFINITY : (wholeNumber('limit', values.limit) ?? 20);
  const list = clientOf(values, io).tasks.list(
    {
      status: values.status as TaskStatus | undefined,
      type: values.type,
      metadata: pairs('metadata', values.metadata),
      createdAfter: values['created-after'],
      createdBefore: values['created-before'],
      limit: Math.max(1, Math.min(100, most)),
    },
    { signal: io.signal },
  );
  let left = most;
  for await (const task of list) {
    if (left <= 0) break;
    left -= 1;
    io.out(values.json ? jsonLine(task) : `${task.id}  ${task.status.padEnd(9)}  ${task.type}`);
    if (left === 0) break;
  }
  return EXIT.done;
}

async function waitAndPrint(
  client: HumanRail,
  id: string,
  timeoutMs: number | undefined,
  asJson: boolean | undefined,
  io: Io,
): Promise<ExitCode> {
  if (!asJson) io.err(`Waiting for task ${id} …`);
  const startedMs = Date.now();
  try {
    const task = await client.tasks.waitForCompletion(id, { timeoutMs, signal: io.signal });
    print(task, asJson, io);
    return task.status === 'verified' ? EXIT.done : EXIT.noAnswer;
  } catch (error) {
    const isOver = timeoutMs !== undefined && Date.now() - startedMs >= timeoutMs;
    if (!(error instanceof TimeoutError) || !isOver) throw error;
    const task = await client.tasks.get(id, { signal: io.signal });
    print(task, asJson, io);
    if (!isTerminal(task)) {
      io.err(
        `It was not done within ${timeoutMs / 1000} s; it goes on. Wait again to wait longer.`,
      );
      return EXIT.timeout;
    }
    return task.status === 'verified' ? EXIT.done : EXIT.noAnswer;
  }
}

function print(task: Task, asJson: boolean | undefined, io: Io): void {
  if (asJson) io.out(jsonLine(task));
  else for (const line of taskLines(task)) io.out(line);
}

function timeoutOf(seconds: string | undefined): number | undefined {
  const whole = wholeNumber('timeout', seconds);
  return whole === undefined ? undefined : whole * 1000;
}
