import type { Actor } from '@/server/platform/actor';
import { isTerminal } from './lifecycle';
import { getTask, listTaskEvents } from './queries';
import type { Task, TaskTimelineEvent } from './schema';

/** Waits until something may have changed on a task; the door brings it, from the live hub. */
export interface ChangeSource {
  /** Resolves when changes are heard; a read after it misses none that `next` was asked for. */
  ready(): Promise<void>;
  /** Resolves at the next change, after `timeoutMs`, or when the caller has gone. */
  next(timeoutMs: number): Promise<'event' | 'timeout' | 'aborted'>;
  /** Ends what still waits. */
  stop(): void;
}

/** Longest time without a look at the database, in case an event went unheard. */
const RECHECK_MS = 5_000;

/**
 * The task once it has ended or `seconds`, above zero, have passed, whichever is first.
 * @throws NotFound where the task is not the actor's.
 */
export async function waitForTask(
  actor: Actor,
  id: string,
  seconds: number,
  changes: ChangeSource,
): Promise<Task> {
  const until = performance.now() + seconds * 1000;
  await changes.ready();
  try {
    for (;;) {
      const remaining = until - performance.now();
      // The wait begins before the read, so that a change in between is not missed.
      const change = remaining > 0 ? changes.next(Math.min(remaining, RECHECK_MS)) : null;
      const task = await getTask(actor, id);
      if (isTerminal(task.status) || !change) return task;
      if ((await change) === 'aborted') return task;
    }
  } finally {
    changes.stop();
  }
}

/**
 * The task's events from after `sequence`, and then each new one, until nothing more will come: the
 * task has ended, and where it was verified, has been completed.
 */
export async function* followTaskEvents(
  actor: Actor,
  id: string,
  sequence: number,
  changes: ChangeSource,
): AsyncGenerator<TaskTimelineEvent | null> {
  let last = sequence;
  await changes.ready();
  try {
    for (;;) {
      const change = changes.next(15_000);
      // One event back, so that a stream resumed after the last event ends at once.
      const events = await listTaskEvents(actor, id, Math.max(0, last - 1));
      for (const event of events) {
        if (event.sequence <= last) continue;
        last = event.sequence;
        yield event;
      }
      const newest = events.at(-1);
      if (newest && isOver(newest)) return;
      const outcome = await change;
      if (outcome === 'aborted') return;
      if (outcome === 'timeout') yield null;
    }
  } finally {
    changes.stop();
  }
}

function isOver(event: TaskTimelineEvent): boolean {
  if (event.status === 'verified') return event.type === 'task.completed';
  return isTerminal(event.status);
}
