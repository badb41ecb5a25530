import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { packDistribution } from '../../distribution/pack';
import { FIRST_TASK } from '../../launcher/announce';
import { firstFree } from '../../launcher/ports';
import { expectProgram, runProgram } from '../../launcher/run-program';
import { contentFaults } from '../../release/contents';
import type { Outcome } from '../outcome';
import {
  bareEnvironment,
  commandOf,
  type PackagedInstance,
  startPackaged,
} from './packaged-instance';
import { spareShare } from './spare-share';

/** Maximum seconds from the command to the last line, on an idle machine. */
const READY_SECONDS_MAX = 10;

/**
 * Packs the package, installs it into an empty folder and uses it like a person with only Node
 * would. The app must be built.
 */
export async function runDistribution(): Promise<Outcome> {
  const scratch = mkdtempSync(join(tmpdir(), 'humanrail-distribution-'));
  // As root, Postgres runs as a separate user, who must be able to traverse the folder.
  chmodSync(scratch, 0o755);
  const outcome: Outcome = { passed: 0, failed: 0, skipped: 0 };
  try {
    for await (const line of checks(scratch)) {
      outcome.passed += 1;
      console.log(`✓ ${line}`);
    }
  } catch (error) {
    // Later checks depend on the failed one.
    outcome.failed += 1;
    console.error(`✗ ${(error as Error).message}`);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
  return outcome;
}

/** Each check, in the order a user meets them; yields its result. */
async function* checks(scratch: string): AsyncGenerator<string> {
  const packed = await packDistribution(scratch);
  const faults = contentFaults(packed.files, packed.tarball);
  if (faults.length > 0) throw new Error(faults.join('\n'));
  yield `It is packed: ${megabytes(packed.packedBytes)}, unpacked ${megabytes(packed.unpackedBytes)}, ${packed.files.length} files`;

  const home = join(scratch, 'home');
  const cwd = join(scratch, 'empty');
  for (const folder of [home, cwd]) mkdirSync(folder);
  writeFileSync(join(home, 'package.json'), '{ "private": true }\n');
  const installing = performance.now();
  const args = ['install', '--ignore-scripts', '--no-audit', '--no-fund', packed.tarball];
  await expectProgram('npm', args, { cwd: home });
  yield `It installs without install scripts in ${seconds(performance.now() - installing)}`;

  const port = await firstFree(20_000 + (process.pid % 1_000) * 5);
  const enginePort = await firstFree(26_000 + (process.pid % 1_000) * 5);
  const env = { PORT: String(port), ENGINE_PORT: String(enginePort) };
  const command = (words: string[], more: Record<string, string> = {}) =>
    runProgram(process.execPath, [commandOf(home), ...words], {
      cwd,
      env: bareEnvironment({ ...env, ...more }),
    });
  await refuses(() => command(['strat']), /^There is no command "strat"; the commands are start, /);
  await refuses(() => command(['--fast']), /^Unknown option --fast; /);
  await refuses(
    () => command([], { DATA_DIR: join(commandOf(home), 'x') }),
    /^The data folder .* cannot be written/,
  );
  yield 'It refuses a command, an option and a folder that are none in one sentence each';

  const share = await spareShare();
  const first = await startPackaged(home, cwd, env);
  try {
    yield ready('first', first, share);
    await refuses(
      () => command([], { DATA_DIR: join(scratch, 'other') }),
      /^Port \d+ is in use by another program; /,
    );
    yield 'It refuses a port that is taken in one sentence';
    const key = announced(first);
    yield 'It prints its address, three sign-ins, a test key and a first request';
    await loadPages(first.runtime.url);
    await loadDocs(first.runtime.url);
    yield 'Its pages come with their scripts, and its documentation as text';
    await verifyTask(first.runtime.url, key);
    yield 'The first task is verified, by the printed key';
    const made = await command(['keys', 'create', '--mode', 'test']);
    await verifyTask(first.runtime.url, made.stdout.trim());
    yield 'So is one by a key that `humanrail keys create` made';
  } finally {
    await first.stop('SIGINT');
  }
  yield 'Ctrl-C leaves nothing running';

  const second = await startPackaged(home, cwd, env);
  try {
    yield ready('second', second, share);
    const backup = await command(['backup', 'backup.tar.gz']);
    if (backup.code !== 0) throw new Error(`The backup failed: ${backup.stderr}`);
  } finally {
    await second.stop('SIGTERM');
  }
  yield 'SIGTERM leaves nothing running';
  const restored = await command(['restore', 'backup.tar.gz'], {
    DATA_DIR: join(scratch, 'restored'),
  });
  if (restored.code !== 0) throw new Error(`The restore failed: ${restored.stderr}`);
  yield 'A backup of it is restored, and its ledger sums to zero';
}

const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`;
const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`;

/** Expects exit code 1 and only this message, without a stack. */
async function refuses(run: () => ReturnType<typeof runProgram>, words: RegExp): Promise<void> {
  const { code, stdout, stderr } = await run();
  const said = stderr.trim();
  if (code !== 1 || !words.test(said) || said.includes('\n') || stdout.trim() !== '') {
    throw new Error(`Expected ${words} and exit code 1, not ${code}:\n${stdout}\n${stderr}`);
  }
}

/** Reports how long a start took; on an idle machine, it has a maximum. */
function ready(which: string, { readyAfterMs, output }: PackagedInstance, share: number): string {
  const words = `It is ready ${seconds(readyAfterMs)} after its ${which} start`;
  if (share < 0.9) return `${words}, with ${Math.round(share * 100)} % of the machine`;
  if (readyAfterMs <= READY_SECONDS_MAX * 1000) return words;
  throw new Error(`${words}, over ${READY_SECONDS_MAX} s:\n${output()}`);
}

/** Returns the test key that was printed. */
function announced({ output, runtime }: PackagedInstance): string {
  const said = output();
  const expected = [
    `HumanRail is ready at ${runtime.url} `,
    `${runtime.url}/dashboard`,
    `${runtime.url}/work`,
    `${runtime.url}/ops`,
    `curl -s ${runtime.url}/v1/tasks`,
    JSON.stringify(FIRST_TASK),
  ];
  const missing = expected.filter((text) => !said.includes(text));
  const key = /HUMANRAIL_API_KEY=(ek_test_\S+)/.exec(said)?.[1];
  if (missing.length > 0 || !key)
    throw new Error(`It did not print ${missing.join(', ')}:\n${said}`);
  return key;
}

async function loadPages(url: string): Promise<void> {
  for (const path of ['/', '/sign-in', '/docs/errors', '/docs/self-hosting/install']) {
    const page = await fetch(url + path);
    const html = await page.text();
    if (!page.ok) throw new Error(`${path} answers ${page.status}.`);
    const files = [...html.matchAll(/(?:src|href)="(\/_next\/static\/[^"]+)"/g)].map(
      ([, file]) => file ?? '',
    );
    if (files.length === 0) throw new Error(`${path} comes without scripts.`);
    for (const file of new Set(files)) {
      const answer = await fetch(url + file);
      await answer.body?.cancel();
      if (!answer.ok) throw new Error(`${file} of ${path} answers ${answer.status}.`);
    }
  }
}

/** Pages as text are read from their source, which the build does not contain. */
async function loadDocs(url: string): Promise<void> {
  for (const path of ['/docs/quickstart.md', '/llms.txt', '/docs/search?q=signature']) {
    const answer = await fetch(url + path);
    const text = await answer.text();
    if (!answer.ok || text.length < 500)
      throw new Error(`${path} answers ${answer.status}: ${text}`);
  }
}

async function verifyTask(url: string, key: string): Promise<void> {
  const headers = { Authorization: `Bearer ${key}`, 'Content-Type': 'application/json' };
  const body = JSON.stringify(FIRST_TASK);
  const created = await fetch(`${url}/v1/tasks`, { method: 'POST', headers, body });
  let task = (await created.json()) as { id: string; status: string; output?: unknown };
  if (created.status !== 201) throw new Error(`The task was refused: ${JSON.stringify(task)}`);
  const deadline = performance.now() + 60_000;
  while (task.status !== 'verified' && performance.now() < deadline) {
    const answer = await fetch(`${url}/v1/tasks/${task.id}?wait=10`, { headers });
    task = (await answer.json()) as typeof task;
    await sleep(50);
  }
  if (task.status !== 'verified' || !task.output) {
    throw new Error(`The task came to ${JSON.stringify(task)}.`);
  }
}
