import type { Task } from '../types/task.js';
import { toWire } from '../wire-case.js';

/** One line of JSON in the API's spelling. */
export function jsonLine(value: unknown): string {
  return JSON.stringify(toWire(value));
}

/** A task's summary for people. */
export function taskLines(task: Task): string[] {
  const { confidence, failureReason, costSats } = task;
  return [
    ['Task', task.id],
    ['Type', task.type],
    ['Status', task.status],
    ['Output', task.status === 'verified' ? JSON.stringify(task.output) : undefined],
    ['Confidence', confidence === null ? undefined : confidence],
    ['Reason', failureReason?.message],
    ['Cost', costSats ? `${costSats.charged} sats charged, ${costSats.held} held` : undefined],
    ['Created', task.createdAt],
    ['Ended', task.completedAt ?? undefined],
    ['Expires', task.completedAt ? undefined : task.expiresAt],
  ].flatMap(([name, value]) =>
    value === undefined || value === null ? [] : [`${`${name}:`.padEnd(12)}${value}`],
  );
}
