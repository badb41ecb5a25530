import type { Actor } from '@/server/platform/actor';
import { isTerminal } from './lifecycle';
import { getTask, listTaskEvents } from './queries';
import type { Task, TaskTimelineEvent } from './schema';

/** Waits until a task may have changed; implemented with the live hub. */
export interface ChangeSource {
  /** Resolves when listening; a later read misses nothing that `next` would report. */
  ready(): Promise<void>;
  /** Resolves at the next change, at the timeout, or when the caller disconnects. */
  next(timeoutMs: number): Promise<'event' | 'timeout' | 'aborted'>;
  /** Cancels pending waits. */
  stop(): void;
}

/** Maximum time between database reads, in case an event was missed. */
const RECHECK_MS = 5_000;

/**
 * Waits until the task has ended or `seconds`, above zero, have passed.
 * @throws NotFound if the task is not the actor's.
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
      // Starts waiting before the read, so that a change in between is not missed.
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
 * Streams the task's events after `sequence` until there can be no more: the task has ended and, if
 * verified, is completed.
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
      // Starts one event earlier, so that a stream resumed after the last event ends at once.
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
