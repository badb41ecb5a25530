import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { signInByRequest } from '../e2e/sign-in-by-request';
import { type CreatedTask, judgeRun } from './crash/judge-run';
import { type Receiver, startReceiver } from './crash/receiver';
import { scriptTasks } from './crash/script';
import { createAll, registerReceiver, waitForEnd } from './crash/workload';
import { expectProgram } from './launcher/run-program';
import { startTemporaryInstance, type TemporaryInstance } from './launcher/temporary-instance';

const TASKS = 60;
/** Seconds over which the tasks are created; the backup is taken in the middle. */
const SECONDS = 16;
const PATIENCE_SECONDS = 300;

const begunMs = performance.now();
const say = (words: string) =>
  console.log(`${((performance.now() - begunMs) / 1000).toFixed(1).padStart(6)} s  ${words}`);

/**
 * Rehearses the loss of a machine: `npm run backup:rehearse`. An instance is backed up while tasks
 * are created and answered, destroyed, and restored elsewhere. After the restore, every task
 * covered by the backup exists, work in progress continues, the agents' retried requests find their
 * tasks, webhooks are signed with the same secret, people sign in as before, and the ledger sums to
 * zero. Exits 1 if any check fails.
 */
async function main(): Promise<boolean> {
  const folder = mkdtempSync(join(tmpdir(), 'humanrail-rehearsal-'));
  const file = join(folder, 'backup.tar.gz');
  const receiver = await startReceiver();
  try {
    const script = scriptTasks(`rehearsal-${Date.now()}`, TASKS);
    say('Starting an instance.');
    const first = await startTemporaryInstance();
    const before = await backUpUnderLoad(first, receiver, script, file).finally(() => first.stop());
    say(
      `The instance is destroyed: ${first.dataDir} is ${existsSync(first.dataDir) ? 'there' : 'gone'}.`,
    );
    const lost = new Set([...receiver.events.values()].flatMap((ids) => [...ids]));

    const elsewhere = mkdtempSync(join(tmpdir(), 'humanrail-restored-'));
    const words = await runScript('restore', [file], elsewhere);
    for (const line of words.trim().split('\n')) say(line);
    const second = await startTemporaryInstance({}, elsewhere);
    try {
      const violations = await judge(second, receiver, { before, script, lost });
      for (const violation of violations) console.log(`  ✗ ${violation}`);
      return violations.length === 0;
    } finally {
      await second.stop();
    }
  } finally {
    receiver.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What was certain just before the backup began. */
interface Before {
  /** Tasks whose creation was acknowledged. */
  created: string[];
  /** Ended tasks, with their final status. */
  ended: Map<string, string>;
}

async function backUpUnderLoad(
  instance: TemporaryInstance,
  receiver: Receiver,
  script: ReturnType<typeof scriptTasks>,
  file: string,
): Promise<Before> {
  await registerReceiver(instance, receiver);
  const created: string[] = [];
  const creating = createAll(instance, script, SECONDS, (id) => created.push(id));
  creating.catch(() => undefined);
  await sleep(SECONDS * 500);
  const before: Before = { created: [...created], ended: await endedTasks(instance) };
  say((await runScript('backup', [file], instance.dataDir)).trim());
  await creating;
  const after = await endedTasks(instance);
  say(
    `When the backup began, ${before.created.length} tasks were created and ${before.ended.size} had ended; ${after.size} have by now.`,
  );
  if (before.ended.size === 0 || after.size === before.ended.size) {
    throw new Error('The backup was not made under load, so this proves nothing; run it again.');
  }
  return before;
}

async function endedTasks({ runtime }: TemporaryInstance): Promise<Map<string, string>> {
  return onDatabase(runtime.databaseUrl, async () => {
    const { db } = await import('@/server/platform/db');
    const tasks = await db.task.findMany({ where: { completedAt: { not: null } } });
    return new Map(tasks.map(({ id, status }) => [id, status]));
  });
}

async function judge(
  instance: TemporaryInstance,
  receiver: Receiver,
  {
    before,
    script,
    lost,
  }: { before: Before; script: ReturnType<typeof scriptTasks>; lost: Set<string> },
): Promise<string[]> {
  const { runtime, facts } = instance;
  const violations: string[] = [];
  const restored = await endedTasks(instance);
  for (const [id, status] of before.ended) {
    if (restored.get(id) !== status)
      violations.push(`Task ${id} was ${status} and is ${restored.get(id)}.`);
  }
  for (const signIn of facts.signIns) {
    await signInByRequest(runtime.url, signIn).catch((error: Error) =>
      violations.push(error.message),
    );
  }
  // The agents retry, like clients without a response: tasks in the backup are found, the others
  // created.
  const created = await createAll(instance, script, 1);
  const ids = new Set(created.map(({ id }) => id));
  for (const id of before.created) {
    if (!ids.has(id))
      violations.push(`Task ${id} was created before the backup and is another now.`);
  }
  say(`${facts.signIns.length} people signed in. Waiting for the end of what was under way.`);
  const verdict = await onDatabase(runtime.databaseUrl, () => judgeEnd(created, receiver, lost));
  if (violations.length + verdict.length === 0) {
    say(
      `✓ All ${before.created.length} tasks of before are there, ${before.ended.size} of them ended as they had; all ${created.length} ended as scripted, were paid once, and told by webhooks with the same signature. The ledger sums to zero.`,
    );
  }
  return [...violations, ...verdict];
}

async function judgeEnd(
  created: readonly CreatedTask[],
  receiver: Receiver,
  lost: ReadonlySet<string>,
): Promise<string[]> {
  await waitForEnd(PATIENCE_SECONDS, say);
  await forgetLost(receiver, lost);
  return judgeRun(created, receiver);
}

/** Drops events that the first instance sent after its backup: the second one never produced them. */
async function forgetLost(receiver: Receiver, lost: ReadonlySet<string>): Promise<void> {
  const { db } = await import('@/server/platform/db');
  const events = await db.taskEvent.findMany({ select: { id: true } });
  const known = new Set(events.map(({ id }) => `evt_${id.replaceAll('-', '')}`));
  for (const ids of receiver.events.values()) {
    for (const id of ids) if (lost.has(id) && !known.has(id)) ids.delete(id);
  }
}

async function onDatabase<T>(url: string, work: () => Promise<T>): Promise<T> {
  const { useDatabase } = await import('@/server/platform/db');
  const release = await useDatabase(url);
  try {
    return await work();
  } finally {
    await release();
  }
}

function runScript(name: 'backup' | 'restore', args: string[], dataDir: string): Promise<string> {
  return expectProgram(process.execPath, ['--import', 'tsx', `scripts/${name}.ts`, ...args], {
    env: { DATA_DIR: dataDir, DATABASE_URL: '', APP_SECRET: '' },
  });
}

process.exit((await main()) ? 0 : 1);
