import { startTemporaryInstance, type TemporaryInstance } from '../../launcher/temporary-instance';
import type { Outcome } from '../outcome';
import { differencesOf } from './differences';
import { ASKED, type Asked } from './requests';

/** A response, without parts that legitimately differ between two instances. */
interface Answer {
  status: number;
  headers: Record<string, string>;
  body: unknown;
}

/**
 * Sends requests to the shared instance, whose doors are in front of Next, and to one whose doors
 * Next mounts, and compares the responses.
 */
export async function compareMounts(inFront: TemporaryInstance): Promise<Outcome> {
  const inNext = await startTemporaryInstance({ WEB_PROCESSES: '1', SERVE_DOORS: 'next' });
  const outcome: Outcome = { passed: 0, failed: 0, skipped: 0 };
  try {
    for (const asked of ASKED) {
      const [one, other] = await Promise.all([ask(inFront, asked), ask(inNext, asked)]);
      const differences = differencesOf(one, other);
      if (differences.length === 0) outcome.passed += 1;
      else {
        outcome.failed += 1;
        console.error(`✗ ${asked.name}: in front of Next, and in Next:\n${differences.join('\n')}`);
      }
    }
  } finally {
    await inNext.stop();
  }
  return outcome;
}

async function ask({ runtime, facts }: TemporaryInstance, asked: Asked): Promise<Answer> {
  const { method = 'GET', path, body, key = true, headers = {} } = asked;
  const response = await fetch(`${runtime.url}${path}`, {
    method,
    redirect: 'manual',
    headers: {
      ...(key ? { authorization: `Bearer ${facts.testKey}` } : {}),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body }),
  });
  const text = await response.text();
  const own = new RegExp(`(localhost|127\\.0\\.0\\.1):${new URL(runtime.url).port}`, 'g');
  const plain = text.replace(own, 'HOST');
  const isJson = response.headers.get('content-type')?.startsWith('application/json');
  return {
    status: response.status,
    headers: Object.fromEntries(response.headers),
    body: isJson && plain !== '' ? JSON.parse(plain) : plain,
  };
}
