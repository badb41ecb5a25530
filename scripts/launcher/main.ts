import { PostgresStartError } from '@/server/embedded/postgres';
import { StartError } from './failure';
import { launch } from './launch';
import { say, warn } from './progress';
import { loadDotEnv, readSettings } from './settings';

const undoings: { name: string; work: () => Promise<void> | void }[] = [];
let stopping = false;

/** Stops everything in reverse order: the app, the engine, Postgres. */
async function stopAll(): Promise<void> {
  stopping = true;
  for (const { name, work } of undoings.reverse()) {
    try {
      await work();
    } catch (error) {
      warn(`Stopping ${name}: ${(error as Error).message}`);
    }
  }
}

function onSignal(): void {
  // The terminal and npm may both forward the same Ctrl-C.
  if (stopping) return;
  console.log('');
  say('Stopping: requests under way are finished, then the engine and Postgres end …');
  void stopAll().then(() => {
    say('Stopped.');
    process.exit(0);
  });
}

/** For programs that start an instance temporarily, such as the tests: it exits when its parent does. */
function stopWithParent(): void {
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) onSignal();
  }, 500).unref();
}

async function main(): Promise<void> {
  // The reader of the output may have exited, as `head` does; that is no reason to stop.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, onSignal);
  try {
    loadDotEnv();
    if (process.env.STOP_WITH_PARENT === '1') stopWithParent();
    const settings = readSettings(process.argv.slice(2), process.env);
    await launch(settings, (name, work) => {
      undoings.push({ name, work });
      if (stopping) void work();
    });
    if (settings.buildOnly) process.exit(0);
  } catch (error) {
    // Failures caused by stopping are expected.
    if (stopping) return;
    const known = error instanceof StartError || error instanceof PostgresStartError;
    console.error(`\n${known ? error.message : (error as Error).stack}\n`);
    await stopAll();
    process.exit(1);
  }
}

void main();
