import { divert, setBackground } from '@/server/platform/background';
import { clock } from '@/server/platform/clock';
import { env } from '@/server/platform/env';
import type { OutgoingEvent, Subscriber } from '@/server/platform/outbox';
import { stoppedOrganizations, TRIMMED_WITHIN_MS } from '@/server/platform/test-clock';
import * as accounts from './features/accounts/jobs';
import * as apiKeys from './features/api-keys/jobs';
import * as appeals from './features/appeals/jobs';
import * as books from './features/books/jobs';
import * as deposits from './features/deposits/jobs';
import * as emails from './features/emails/jobs';
import * as golds from './features/golds/jobs';
import * as l402 from './features/l402/jobs';
import * as ledger from './features/ledger/jobs';
import * as onboarding from './features/onboarding/jobs';
import * as payouts from './features/payouts/jobs';
import * as rates from './features/rates/jobs';
import * as reconciliation from './features/reconciliation/jobs';
import { divertEvents } from './features/rehearsal';
import * as rehearsal from './features/rehearsal/jobs';
import * as routing from './features/routing/jobs';
import * as sandbox from './features/sandbox/jobs';
import * as tasks from './features/tasks/jobs';
import * as traces from './features/traces/jobs';
import * as verification from './features/verification/jobs';
import * as webhooks from './features/webhooks/jobs';
import * as workers from './features/workers/jobs';
import { inngest } from './transport/jobs/client';
import { clockJobs, type DueWork, noteTicks, withoutTimers } from './transport/jobs/clock';
import type { Job, JobFunction } from './transport/jobs/job';
import { createJobsDoor } from './transport/jobs/jobs-door';
import { probeJob } from './transport/jobs/keep-registered';
import { isMinuteSweep, minuteSweeps } from './transport/jobs/minute-sweeps';
import { noteJobCall, recordRegistration } from './transport/jobs/registered-keeper';
import { sendEvents } from './transport/jobs/send-events';
import * as door from './transport/rest/jobs';

/** All background work: every job, and every subscriber. */

const doors: { jobs?: Job[]; subscribers?: Record<string, Subscriber>; due?: DueWork[] }[] = [
  emails,
  accounts,
  rates,
  workers,
  apiKeys,
  tasks,
  routing,
  ledger,
  books,
  payouts,
  deposits,
  l402,
  reconciliation,
  verification,
  golds,
  appeals,
  onboarding,
  webhooks,
  traces,
  sandbox,
  rehearsal,
  door,
];

export { inngest };

/** Sends events to the engine unchanged. */
const send = (events: OutgoingEvent[]) => sendEvents(inngest, events);

const clockWork = doors.flatMap((door) => door.due ?? []);
const declared = [...clockJobs(clockWork, send), ...doors.flatMap((door) => door.jobs ?? [])];

/** Jobs run by the engine. */
export const jobs: JobFunction[] = [
  probeJob,
  minuteSweeps(declared.filter(isMinuteSweep)),
  ...declared.filter((each): each is JobFunction => !isMinuteSweep(each)),
];

/** Address at which the engine calls the jobs; independent of requests. */
export const serveOrigin = env.INNGEST_SERVE_ORIGIN ?? env.PUBLIC_URL;

/** Where the engine calls the jobs. */
export const jobsDoor = createJobsDoor({
  client: inngest,
  jobs,
  origin: serveOrigin,
  onCall: noteJobCall,
  onRegister: recordRegistration,
});

/** By topic; subscribers run in the order of the features. */
export const subscribers: Record<string, Subscriber[]> = {};
for (const door of doors) {
  for (const [topic, subscriber] of Object.entries(door.subscribers ?? {})) {
    subscribers[topic] = [...(subscribers[topic] ?? []), subscriber];
  }
}

setBackground({ subscribers, divert: divertEvents });

/**
 * Returns a filter that removes timers, unless a test clock may run them: if one was stopped, or if
 * the cached knowledge about that is stale.
 */
export async function trimmer(): Promise<(events: OutgoingEvent[]) => OutgoingEvent[]> {
  const anyStopped = (await stoppedOrganizations()).length > 0;
  const sinceMs = performance.now();
  return (events) =>
    anyStopped || performance.now() - sinceMs > TRIMMED_WITHIN_MS ? events : withoutTimers(events);
}

/**
 * Sends events to the engine; idempotent because of their ids.
 * @returns those sent to the engine: the others belong to a test clock, or to the next tick.
 */
export async function publish(events: OutgoingEvent[]): Promise<OutgoingEvent[]> {
  const own = withoutTimers(await divert(events));
  if (own.length === 0) return [];
  // The engine would use the machine's time, which tests do not control.
  const ts = clock.nowMs();
  await send(own.map((event) => ({ ts, ...event })));
  noteTicks(own);
  return own;
}
