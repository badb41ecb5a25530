import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { createInterface } from 'node:readline';
import {
  type Browser,
  type BrowserContextOptions,
  type Page,
  expect as plainExpect,
} from '@playwright/test';
import { callApi, firstRun, sessionCookie } from './instance';
import type { MadeWorkerLine, NewWorkerLine } from './make-worker';

/** Longer than the default: several browsers at once share the machine with the whole product. */
export const expect = plainExpect.configure({ timeout: 30_000 });

export interface TestWorker {
  email: string;
  password: string;
  /** The worker's session, so that only tests of signing in need the form. */
  session: string;
}

/** A unique skill, so that a test's tasks reach only its own workers. */
export function newSkill(): string {
  return `e2e_${randomUUID().slice(0, 8)}`;
}

/** Kept running for later tests, because starting it takes longer than creating a worker. */
let maker: ReturnType<typeof startMaker> | undefined;

function startMaker() {
  const child = spawn('npx', ['--no', 'tsx', 'e2e/make-worker.ts'], {
    env: { ...process.env, DATA_DIR: process.env.E2E_DATA_DIR ?? '.data' },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  // It ends with the tests, when its input ends.
  child.unref();
  return { child, lines: createInterface({ input: child.stdout }) };
}

/** A new worker of the instance with `skill`. */
export async function newWorker(
  skill: string,
  options: { onCall?: boolean; withoutPassword?: boolean } = {},
): Promise<TestWorker> {
  const id = randomUUID().slice(0, 8);
  const account = { email: `worker-${id}@example.com`, password: `a few plain words ${id}` };
  const input: NewWorkerLine = {
    ...account,
    name: `Worker ${id}`,
    skills: [skill],
    onCall: options.onCall ?? false,
    withoutPassword: options.withoutPassword ?? false,
  };
  maker ??= startMaker();
  const { child, lines } = maker;
  const session = await new Promise<string>((resolve, reject) => {
    const onExit = (code: number | null) => reject(new Error(`make-worker ended with ${code}.`));
    const onLine = (line: string) => {
      const made = JSON.parse(line) as MadeWorkerLine;
      if (made.email !== account.email) return;
      lines.off('line', onLine);
      child.off('exit', onExit);
      resolve(made.session);
    };
    lines.on('line', onLine);
    child.once('exit', onExit);
    child.stdin.write(`${JSON.stringify(input)}\n`);
  });
  return { ...account, session };
}

/** Opens the worker app as this worker, in a separate browser context. */
export async function openAs(
  browser: Browser,
  worker: TestWorker,
  options: BrowserContextOptions = {},
): Promise<Page> {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  await signInAs(page, worker);
  return page;
}

/** Opens the queue as this worker. */
export async function signInAs(page: Page, { session }: TestWorker): Promise<void> {
  await page.context().addCookies([sessionCookie(session)]);
  await page.goto('/work');
  await expect(page.getByRole('heading', { level: 1, name: 'Queue' })).toBeVisible();
}

/** A task that requires `skill`: a choice, a yes or no, and free text. */
export const taskFor = (skill: string, more: object = {}) => ({
  type: 'worker_day',
  payload: { text: 'Is this review genuine?', content: 'Great product, 5 stars!' },
  output_schema: {
    type: 'object',
    required: ['verdict', 'helpful'],
    properties: {
      verdict: { type: 'string', enum: ['genuine', 'ai_generated', 'uncertain'] },
      helpful: { type: 'boolean', title: 'Is it helpful to a buyer?' },
      notes: { type: 'string' },
    },
  },
  payout_sats: 321,
  sla_seconds: 600,
  skills_required: [skill],
  ...more,
});

/** Creates such a task, as the demo customer. */
export async function sendTask(skill: string, more: object = {}): Promise<string> {
  const { status, body } = await callApi(
    firstRun().liveKey,
    'POST',
    '/v1/tasks',
    taskFor(skill, more),
  );
  expect(status, JSON.stringify(body)).toBe(201);
  return String(body.id);
}

/** Waits until the task is verified with exactly this answer. */
export async function expectVerified(
  taskId: string,
  output: object,
  key = firstRun().liveKey,
): Promise<void> {
  await expect
    .poll(
      async () => {
        const { body } = await callApi(key, 'GET', `/v1/tasks/${taskId}?wait=20`);
        return body;
      },
      { timeout: 60_000 },
    )
    .toMatchObject({ status: 'verified', output });
}
