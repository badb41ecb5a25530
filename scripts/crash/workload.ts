import { setTimeout as sleep } from 'node:timers/promises';
import type { TemporaryInstance } from '../launcher/temporary-instance';
import { callUntilAnswered, codeOf } from './customer';
import { type CreatedTask, countUnfinished } from './judge-run';
import type { Receiver } from './receiver';
import type { ScriptedTask } from './script';

/** Polls between two reports of the remaining work, a second each. */
const REPORT_EVERY = 15;

/** Registers the receiver for all events of the instance's demo organization. */
export async function registerReceiver(
  { runtime, facts }: TemporaryInstance,
  receiver: Receiver,
): Promise<void> {
  const answer = await callUntilAnswered(`${runtime.url}/v1/webhooks`, facts.testKey, {
    method: 'POST',
    body: { url: receiver.url },
  });
  if (answer.status !== 201) throw new Error(`No endpoint: ${JSON.stringify(answer.body)}`);
  receiver.secret = String(answer.body.secret);
}

/**
 * Creates the tasks at a steady pace over `seconds`, retrying each until acknowledged; calls
 * `onCreated` for each.
 */
export function createAll(
  instance: TemporaryInstance,
  script: readonly ScriptedTask[],
  seconds: number,
  onCreated: (id: string) => void = () => undefined,
): Promise<CreatedTask[]> {
  return Promise.all(
    script.map(async (scripted, at) => {
      await sleep((at * seconds * 1000) / script.length);
      const first = await create(instance, scripted);
      onCreated(first);
      const again = await create(instance, scripted);
      if (again !== first) throw new Error(`${scripted.key} made both ${first} and ${again}.`);
      return { id: first, script: scripted };
    }),
  );
}

async function create({ runtime, facts }: TemporaryInstance, { key, body }: ScriptedTask) {
  const answer = await callUntilAnswered(`${runtime.url}/v1/tasks`, facts.testKey, {
    method: 'POST',
    body,
    idempotencyKey: key,
  });
  if (answer.status !== 201 && answer.status !== 200) {
    throw new Error(`${key} was refused: ${answer.status} ${codeOf(answer)}`);
  }
  return String(answer.body.id);
}

/** Waits until no work is left, at most `patienceSeconds`; the judge reports the rest. */
export async function waitForEnd(
  patienceSeconds: number,
  say: (words: string) => void,
): Promise<void> {
  const deadline = performance.now() + patienceSeconds * 1000;
  for (let look = 0; performance.now() < deadline; look++) {
    const unfinished = Object.entries(await countUnfinished()).filter(([, count]) => count > 0);
    if (unfinished.length === 0) return;
    const words = unfinished.map(([name, count]) => `${count} ${name}`).join(', ');
    if (look % REPORT_EVERY === 0) say(`Left: ${words}`);
    await sleep(1_000);
  }
}
