import { runDocs } from '../docs-test/run-docs';
import { runProduct } from '../product-run/run-product';
import { runDistribution } from './distribution/run-distribution';
import { runGo } from './go-tests';
import { runLnbits } from './lnbits-tests';
import { compareMounts } from './mounts/compare-mounts';
import type { Outcome } from './outcome';
import { runOnProductionNode } from './production-node';
import { runPytest } from './python-tests';
import { runPlaywright, runVitest } from './runners';
import type { InstanceAccess } from './shared-instance';

export type Lane = 'main' | 'clients' | 'product';

/** A part of the tests, by name. To add one, list it in `SUITES`. */
export interface Suite {
  name: string;
  title: string;
  /** Whether it needs the build, which then starts immediately. */
  needsProduct?: true;
  /**
   * Suites of one lane run sequentially, concurrently with the other lanes. More concurrency would
   * only slow each down, until one times out. Default `main`.
   */
  lane?: Lane;
  /** The other language's program it needs on PATH; without it, the suite is skipped. */
  toolchain?: string;
  /** Whether it runs only when requested by name: it takes too long for what it tells about most changes. */
  onRequest?: true;
  /** Runs it; `access` provides the instance for suites that need the whole product. */
  run(access: InstanceAccess): Promise<Outcome>;
}

/** The variables for the live part of the clients' suites, against the real app. */
async function liveAccess(access: InstanceAccess): Promise<Record<string, string>> {
  const { runtime, facts } = await access.instance();
  return {
    HUMANRAIL_LIVE_BASE_URL: `${runtime.url}/v1`,
    HUMANRAIL_LIVE_API_KEY: facts.testKey,
  };
}

/** A vitest suite with a live part. */
function liveVitest(name: string, folder: string): Suite['run'] {
  return async (access) =>
    runVitest(name, ['--config', `${folder}/vitest.config.ts`], {
      env: await liveAccess(access),
      atTheEnd: true,
    });
}

/** A pytest suite with a live part. */
function livePytest(name: string, folder: string): Suite['run'] {
  return async (access) => runPytest(name, folder, await liveAccess(access));
}

async function browser(access: InstanceAccess): Promise<Outcome> {
  const { runtime, dataDir } = await access.instance();
  return runPlaywright('e2e', 'playwright.config.ts', {
    E2E_URL: runtime.url,
    E2E_DATA_DIR: dataDir,
  });
}

async function docs(access: InstanceAccess): Promise<Outcome> {
  const { runtime, facts } = await access.instance();
  const words: string[] = [];
  const outcome = await runDocs(
    { url: runtime.url, testKey: facts.testKey },
    { say: (line) => words.push(line) },
  );
  // Passed scenarios are only counted.
  console.log(words.filter((line) => !line.startsWith('✓')).join('\n'));
  return outcome;
}

/** The product's own scenarios, on a separate instance, because they kill the app. */
async function product(access: InstanceAccess): Promise<Outcome> {
  await access.built();
  const results = await runProduct({
    engineEnv: {},
    tasks: 200,
    patienceSeconds: 600,
    say: (words) => console.log(`  [product] ${words}`),
  });
  const passed = results.filter(({ faults }) => faults.length === 0).length;
  return { passed, failed: results.length - passed, skipped: 0 };
}

/**
 * Every suite, in the order in which each lane runs its own. The browser tests measure seconds, so
 * concurrent suites end before them, and the rest follows them; so do the documentation's examples,
 * which create endpoints and tasks of the demo organization.
 */
export const SUITES: Suite[] = [
  {
    name: 'unit',
    title: 'Unit tests',
    run: () => runVitest('unit', ['--project', 'unit']),
  },
  {
    name: 'db',
    title: 'Tests on PostgreSQL',
    run: () => runVitest('db', ['--project', 'db']),
  },
  {
    name: 'mounts',
    title: 'The contract over a socket',
    run: () => runVitest('mounts', ['--project', 'mounts']),
  },
  {
    name: 'forms',
    title: 'The worker’s form in a browser',
    run: () => runPlaywright('forms', 'playwright.forms.config.ts'),
  },
  {
    name: 'e2e',
    title: 'Browser tests on the production build',
    needsProduct: true,
    run: browser,
  },
  {
    name: 'docs',
    title: 'Snippets and links of the documentation',
    needsProduct: true,
    run: docs,
  },
  {
    name: 'mounts-built',
    title: 'The doors in Next beside those in front of it',
    needsProduct: true,
    run: async (access) => compareMounts(await access.instance()),
  },
  {
    name: 'snippets',
    title: 'Code that the dashboard shows',
    run: () => runVitest('snippets', ['--project', 'snippets'], { atTheEnd: true }),
  },
  {
    name: 'mcp',
    title: 'MCP server',
    needsProduct: true,
    run: liveVitest('mcp', 'sdks/mcp'),
  },
  {
    name: 'mcp-python',
    title: 'MCP server, by the Python client',
    needsProduct: true,
    run: livePytest('mcp-python', 'sdks/mcp/test/python'),
  },
  {
    name: 'openapi-clients',
    title: 'Client that openapi-typescript makes',
    needsProduct: true,
    run: liveVitest('openapi-clients', 'sdks/openapi'),
  },
  {
    name: 'openapi-clients-python',
    title: 'Client that openapi-python-client makes',
    needsProduct: true,
    run: livePytest('openapi-clients-python', 'sdks/openapi'),
  },
  {
    name: 'sdk',
    title: 'TypeScript SDK',
    needsProduct: true,
    lane: 'clients',
    run: liveVitest('sdk', 'sdks/typescript'),
  },
  {
    name: 'python',
    title: 'Python SDK',
    needsProduct: true,
    lane: 'clients',
    run: livePytest('python', 'sdks/python'),
  },
  {
    name: 'v0',
    title: 'Published Python client 0.1.0 at /v0',
    needsProduct: true,
    lane: 'clients',
    run: livePytest('v0', 'sdks/v0'),
  },
  {
    name: 'go',
    title: 'Go SDK',
    needsProduct: true,
    toolchain: 'go',
    lane: 'clients',
    run: async (access) => runGo(await liveAccess(access)),
  },
  {
    name: 'node-24',
    title: 'Unit tests and the contract on Node 24',
    lane: 'clients',
    run: runOnProductionNode,
  },
  {
    name: 'product',
    title: 'Product on the embedded engine',
    needsProduct: true,
    lane: 'product',
    run: product,
  },
  {
    name: 'lnbits',
    title: 'Payments on a real LNbits',
    lane: 'product',
    run: runLnbits,
  },
  {
    name: 'distribution',
    title: 'The published package, installed in an empty folder',
    needsProduct: true,
    onRequest: true,
    run: async (access) => {
      await access.built();
      return runDistribution();
    },
  },
];
