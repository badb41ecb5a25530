import type { ReplyVerdict } from './reply-app';

interface Stricter {
  events: Record<string, string>;
  registrations: Record<string, string>;
  replies: Record<string, { verdict: ReplyVerdict; reason: string }>;
}

const notJson = 'What is not JSON is refused, also where the real server has read enough of it.';
const unreadable =
  'The real server takes a duration it cannot read and then ignores it, or fails when it is due.';
const outOfRange = 'The real server takes it and runs something else than was asked for.';
const neverEnds = 'The run on the real server stands still for good.';
const incomplete = 'An app says who it is and what its functions are.';

const ignoredDurations = [
  ...['', 'banana', '400d'].flatMap((text) => [
    `a cancellation timeout of ${text || 'nothing'}`,
    `a debounce timeout of ${text || 'nothing'}`,
    `a start timeout of ${text || 'nothing'}`,
    `a finish timeout of ${text || 'nothing'}`,
  ]),
  'a debounce timeout of 100ms',
  'a start timeout of 0s',
  'a start timeout of 500ms',
  ...['-5s', '0s', '500ms'].flatMap((text) => [
    `a throttle period of ${text}`,
    `a rate limit period of ${text}`,
  ]),
  'a throttle period of 8d',
  'a throttle period of 400d',
];

const misread = [
  'a batch of 1,001',
  'a cancellation with an empty event',
  'a cancellation without an event',
  'a concurrency limit of -1',
  'a concurrency without a limit',
  'concurrency in text',
  'concurrency of -1',
  'concurrency of 1.5',
  'retries of -1',
  'retries of 21',
  'a singleton key that is broken',
  'a singleton without a mode',
  'a throttle key that is broken',
  'a throttle limit of 0',
  'the cron "*/70 * * * *"',
  'two functions with one id',
];

const withoutIdentity = [
  'no id',
  'an empty id',
  'an id of 300 characters',
  'no url',
  'an empty url',
  'a url that is none',
  'no functions',
  'functions of null',
  'functions that are missing',
  'triggers that are missing',
];

const each = (names: string[], reason: string): Record<string, string> =>
  Object.fromEntries(names.map((name) => [name, reason]));

/**
 * Cases in which the embedded engine rejects what the real server accepts, or ends a run
 * differently, and why. Never the reverse.
 */
export const STRICTER: Stricter = {
  events: each(['an array cut off', 'an array with words after it', 'an empty body'], notJson),
  registrations: {
    ...each(ignoredDurations, unreadable),
    ...each(misread, outOfRange),
    ...each(withoutIdentity, incomplete),
  },
  replies: {
    'no operations': {
      verdict: 'tries again',
      reason: 'No SDK sends it; to go on could last for ever.',
    },
    'an operation of type None': { verdict: 'tries again', reason: neverEnds },
    'an operation without a type': { verdict: 'tries again', reason: neverEnds },
    'an invocation without opts': { verdict: 'tries again', reason: neverEnds },
    'a return value that is no JSON': { verdict: 'tries again', reason: notJson },
    'a return value with status 204': { verdict: 'tries again', reason: 'No SDK sends it.' },
  },
};
