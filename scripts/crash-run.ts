import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { useDatabase } from '@/server/platform/db';
import { callUntilAnswered } from './crash/customer';
import { type CreatedTask, judgeRun } from './crash/judge-run';
import { killLauncher, killPart, VICTIMS } from './crash/killer';
import { positiveNumbers } from './crash/options';
import { type Receiver, startReceiver } from './crash/receiver';
import { say } from './crash/say';
import { scriptTasks } from './crash/script';
import { createAll, registerReceiver, waitForEnd } from './crash/workload';
import { startTemporaryInstance, type TemporaryInstance } from './launcher/temporary-instance';

/**
 * Kills processes while tasks are in progress, and then checks the results: `npm run crash`. A
 * dedicated instance creates tasks through the API while `kill -9` hits the engine, the app and
 * Postgres in turn and once the launcher; at the end every task must have its scripted outcome,
 * every accepted answer be paid once, every event be delivered, and the books balance. Exits 1 if
 * any check fails.
 */
const { values } = parseArgs({
  options: {
    tasks: { type: 'string', default: '200' },
    /** Seconds over which tasks are created. */
    seconds: { type: 'string', default: '60' },
    /** Number of kills per part. */
    rounds: { type: 'string', default: '4' },
    /** Timeout for all work after the last kill, in seconds. */
    patience: { type: 'string', default: '420' },
  },
});
const { tasks, seconds, rounds, patience } = positiveNumbers(values);

async function main(): Promise<boolean> {
  say('Starting an instance.');
  const instance = await startTemporaryInstance();
  const receiver = await startReceiver({ refuseEvery: 13 });
  let intact = false;
  try {
    await registerReceiver(instance, receiver);
    const script = scriptTasks(`run-${Date.now()}`, tasks);
    const creating = createAll(instance, script, seconds);
    // The await below reports a refusal; the kills continue until then.
    creating.catch(() => undefined);
    await killInTurn(instance);
    const created = await creating;
    // The last kill may have hit the database.
    await callUntilAnswered(`${instance.runtime.url}/readyz`, instance.facts.testKey, {
      method: 'GET',
    });
    say(`Created all ${created.length}; no more kills. Waiting for the end of all work.`);
    intact = await judge(instance, receiver, created);
    return intact;
  } finally {
    receiver.stop();
    if (intact) await instance.stop();
    else say(`What the instance left behind, with its logs, stays in ${instance.dataDir}.`);
  }
}

/** Kills each part in turn, at random moments; halfway, the launcher. */
async function killInTurn(instance: TemporaryInstance): Promise<void> {
  const kills = rounds * VICTIMS.length;
  const pauseMs = (seconds * 1000) / (kills + 1);
  for (let kill = 0; kill < kills; kill++) {
    await sleep(pauseMs * (0.5 + Math.random()));
    const victim = VICTIMS[kill % VICTIMS.length] ?? 'app';
    await killPart(instance, victim);
    say(`kill -9: ${victim}`);
    if (kill === Math.floor(kills / 2)) {
      await sleep(pauseMs * Math.random());
      say('kill -9: the launcher; then npm start');
      await killLauncher(instance);
      say('The instance is back.');
    }
  }
}

async function judge(
  instance: TemporaryInstance,
  receiver: Receiver,
  created: readonly CreatedTask[],
): Promise<boolean> {
  const release = await useDatabase(instance.runtime.databaseUrl);
  try {
    await waitForEnd(patience, say);
    const violations = await judgeRun(created, receiver);
    const { received, repeated, refused } = receiver.counts;
    say(`Webhooks: ${received} received, ${repeated} of them again, ${refused} refused by us.`);
    const count = (status: string) =>
      created.filter(({ script }) => script.status === status).length;
    say(
      `Scripted: ${['verified', 'failed', 'expired'].map((status) => `${count(status)} ${status}`).join(', ')}.`,
    );
    for (const violation of violations) console.log(`  ✗ ${violation}`);
    console.log(
      violations.length === 0
        ? `✓ All ${created.length} tasks ended as scripted; every accepted answer was paid once, every event told, and the books are right.`
        : `✗ ${violations.length} violations.`,
    );
    return violations.length === 0;
  } finally {
    await release();
  }
}

process.exit((await main()) ? 0 : 1);
