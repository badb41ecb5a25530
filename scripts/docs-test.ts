import { parseArgs } from 'node:util';
import { runDocs } from './docs-test/run-docs';
import { generateCode } from './launcher/generated-code';
import { startTemporaryInstance } from './launcher/temporary-instance';
import { runQuietly, summary } from './testing/outcome';

/**
 * Runs every snippet of the documentation and follows every link: `npm run docs:test`, for one page
 * `-- --page webhooks`. It starts an instance for it, unless HUMANRAIL_BASE_URL and HUMANRAIL_API_KEY (a test
 * key) name one. The last line reads `N passed, N failed`.
 */
const { values } = parseArgs({ options: { page: { type: 'string' } } });

async function main(): Promise<boolean> {
  generateCode();
  const { HUMANRAIL_BASE_URL: baseUrl, HUMANRAIL_API_KEY: testKey } = process.env;
  const say = (words: string) => console.log(words);
  if (baseUrl && testKey) {
    const outcome = await runDocs(
      { url: baseUrl.replace(/\/v1\/?$/, ''), testKey },
      { page: values.page, say },
    );
    say(summary(outcome));
    return outcome.failed === 0;
  }
  say('… starting an instance');
  await runQuietly(process.execPath, ['scripts/start.mjs', '--build']);
  const instance = await startTemporaryInstance({ WEB_PROCESSES: '1' });
  try {
    const { runtime, facts } = instance;
    const outcome = await runDocs(
      { url: runtime.url, testKey: facts.testKey },
      { page: values.page, say },
    );
    say(summary(outcome));
    return outcome.failed === 0;
  } finally {
    await instance.stop();
  }
}

main().then(
  (passed) => process.exit(passed ? 0 : 1),
  (error: Error) => {
    console.error(error.message);
    process.exit(1);
  },
);
