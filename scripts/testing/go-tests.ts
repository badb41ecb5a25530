import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../launcher/settings';
import { blame, collect, type Outcome } from './outcome';

/** One line of `go test -json`. */
interface GoEvent {
  Action: string;
  Package?: string;
  Test?: string;
  Output?: string;
}

const ENDS = { pass: 'passed', fail: 'failed', skip: 'skipped' } as const;

/** The quickstart, if it is next to the checkout; HUMANRAIL_QUICKSTART gives another path. */
const QUICKSTART = join(root, '../shared/seed/quickstart.txt');

/** Runs the Go SDK's tests; their report is kept in `test-results/go.json`. */
export async function runGo(env: Record<string, string>): Promise<Outcome> {
  const quickstart =
    process.env.HUMANRAIL_QUICKSTART ?? (existsSync(QUICKSTART) ? QUICKSTART : undefined);
  const { code, output } = await collect(
    'go',
    ['-C', join(root, 'sdks/go'), 'test', '-json', '-count=1', './...'],
    { ...env, HUMANRAIL_QUICKSTART: quickstart },
  );
  const results = join(root, 'test-results');
  mkdirSync(results, { recursive: true });
  writeFileSync(join(results, 'go.json'), output);
  const { outcome, words } = readGoEvents(output);
  console.log(words);
  return blame(outcome, code);
}

/**
 * Counts the tests of `go test -json`; a test with subtests counts as these. The output consists of
 * what failed or skipped tests printed, what belongs to no test, and non-event lines, such as
 * compiler errors.
 */
export function readGoEvents(text: string): { outcome: Outcome; words: string } {
  const lines = text.split('\n').filter((line) => line !== '');
  const events = lines.map(eventOf);
  const nameOf = ({ Package = '', Test = '' }: GoEvent) => `${Package}/${Test}`;
  const parents = new Set<string>();
  const notable = new Set<string>();
  for (const event of events) {
    if (!event?.Test) continue;
    const parts = nameOf(event).split('/');
    for (let end = 1; end < parts.length; end += 1) parents.add(parts.slice(0, end).join('/'));
    if (event.Action === 'fail' || event.Action === 'skip') notable.add(nameOf(event));
  }
  const outcome: Outcome = { passed: 0, failed: 0, skipped: 0 };
  let words = '';
  events.forEach((event, index) => {
    if (!event) words += `${lines[index]}\n`;
    else if (event.Output && (!event.Test || notable.has(nameOf(event)))) words += event.Output;
    if (!event?.Test || parents.has(nameOf(event))) return;
    const end = ENDS[event.Action as keyof typeof ENDS];
    if (end) outcome[end] += 1;
  });
  return { outcome, words: words.trimEnd() };
}

function eventOf(line: string): GoEvent | undefined {
  try {
    const event: unknown = JSON.parse(line);
    return typeof event === 'object' && event !== null && 'Action' in event
      ? (event as GoEvent)
      : undefined;
  } catch {
    return undefined;
  }
}
