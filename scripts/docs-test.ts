import { parseArgs } from 'node:util';
import { runDocs } from './docs-test/run-docs';
import type { InstanceForDocs } from './docs-test/run-program';
import { generateCode } from './launcher/generated-code';
import { startTemporaryInstance } from './launcher/temporary-instance';
import { runQuietly, summary } from './testing/outcome';

/**
 * Runs every snippet of the documentation and follows every link: `npm run docs:test`, for one page
 * `-- --page webhooks`. Starts an instance, unless HUMANRAIL_BASE_URL and HUMANRAIL_API_KEY (a test
 * key) name one. The last line is `N passed, N failed`.
 */
const { values } = parseArgs({ options: { page: { type: 'string' } } });

async function main(): Promise<boolean> {
  generateCode();
  const { HUMANRAIL_BASE_URL: baseUrl, HUMANRAIL_API_KEY: testKey } = process.env;
  if (baseUrl && testKey) return passes({ url: baseUrl.replace(/\/v1\/?$/, ''), testKey });
  console.log('… starting an instance');
  await runQuietly(process.execPath, ['scripts/start.mjs', '--build']);
  const instance = await startTemporaryInstance({ WEB_PROCESSES: '1' });
  try {
    return await passes({ url: instance.runtime.url, testKey: instance.facts.testKey });
  } finally {
    await instance.stop();
  }
}

async function passes(instance: InstanceForDocs): Promise<boolean> {
  const say = (words: string) => console.log(words);
  const outcome = await runDocs(instance, { page: values.page, say });
  say(summary(outcome));
  return outcome.failed === 0;
}

main().then(
  (passed) => process.exit(passed ? 0 : 1),
  (error: Error) => {
    console.error(error.message);
    process.exit(1);
  },
);
