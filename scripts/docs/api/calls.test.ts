import { readFileSync } from 'node:fs';
import { HumanRail } from '@humanrail/sdk';
import { describe, expect, it } from 'vitest';
import { CALLS } from './calls';
import { operations } from './document';
import { type Language, readAllExamples } from './examples';
import { API_PAGES } from './pages';

const read = (path: string) =>
  readFileSync(new URL(`../../../sdks/${path}`, import.meta.url), 'utf8');

/** Convenience methods without an operation of their own, with the operation they extend. */
const HELPERS = {
  python: ['tasks.stream_events', 'tasks.wait_for_completion'],
  typescript: ['tasks.streamEvents', 'tasks.waitForCompletion', 'webhooks.retrieve'],
  go: [
    'Deposits.ListAll',
    'Golds.ListAll',
    'Tasks.Get',
    'Tasks.ListAll',
    'Tasks.StreamEvents',
    'Tasks.WaitForCompletion',
    'TaskTypes.ListAll',
    'Webhooks.DeliveriesAll',
    'Webhooks.ListAll',
  ],
};

/** Methods of a client's resources, such as `tasks.create`. */
const METHODS = {
  typescript: () => {
    const methodsOf = (resource: string, value: unknown): string[] =>
      typeof value === 'object' && value !== null && !resource.endsWith('transport')
        ? [
            ...Object.getOwnPropertyNames(Object.getPrototypeOf(value))
              .filter((name) => name !== 'constructor')
              .map((name) => `${resource}.${name}`),
            ...Object.entries(value).flatMap(([name, inner]) =>
              methodsOf(`${resource}.${name}`, inner),
            ),
          ]
        : [];
    const client = new HumanRail({ apiKey: 'ek_test_x', baseUrl: 'http://localhost/v1' });
    return Object.entries(client).flatMap(([resource, value]) => methodsOf(resource, value));
  },
  python: () => {
    const source = ['tasks', 'webhooks', 'account', 'test_mode']
      .map((file) => read(`python/src/humanrail/_sync/${file}.py`))
      .join('\n');
    const resourcesOf = (file: string, under = '') =>
      [...read(file).matchAll(/self\.([a-z]\w*) = ([A-Z]\w*)\(/g)].map(
        ([, resource, name]) => [`${under}${resource}`, name] as const,
      );
    const resources = [
      ...resourcesOf('python/src/humanrail/_sync/client.py'),
      ...resourcesOf('python/src/humanrail/_sync/test_mode.py', 'test.'),
    ];
    return resources.flatMap(([resource, name]) => {
      const [, body = ''] =
        new RegExp(`^class ${name}:\n([\\s\\S]*?)(?=^class |(?![\\s\\S]))`, 'm').exec(source) ?? [];
      return [...body.matchAll(/^ {4}def ([a-z]\w*)\(/gm)].map(
        ([, method]) => `${resource}.${method}`,
      );
    });
  },
  go: () => {
    const source = ['tasks', 'wait', 'event_stream', 'webhooks', 'account', 'test_mode']
      .map((file) => read(`go/${file}.go`))
      .join('\n');
    const resourcesOf = (file: string, under = '') =>
      [...read(file).matchAll(/^\t([A-Z]\w*) +\*(\w+Service)$/gm)].map(
        ([, resource, service]) => [`${under}${resource}`, service] as const,
      );
    const resources = [...resourcesOf('go/client.go'), ...resourcesOf('go/test_mode.go', 'Test.')];
    return resources.flatMap(([resource, service]) =>
      [...source.matchAll(new RegExp(`^func \\(s \\*${service}\\) ([A-Z]\\w*)\\(`, 'gm'))].map(
        ([, method]) => `${resource}.${method}`,
      ),
    );
  },
};

/** Operations that no SDK has, with the reason. */
const WITHOUT_SDK: Record<string, string> = {
  'openapi.get': 'It is read by tools that write clients.',
  'purchases.get': 'It is a method of what pays, such as `l402.purchase`.',
};

describe('the table of calls', () => {
  it('has every operation of the API', () => {
    const listed = [...Object.keys(CALLS), ...Object.keys(WITHOUT_SDK)];
    expect(listed.toSorted()).toEqual(operations.map(({ id }) => id).toSorted());
  });

  it.each(['python', 'typescript', 'go'] as const)('has every method of the SDK in %s', (sdk) => {
    const listed = [...Object.values(CALLS).map((call) => call[sdk]), ...HELPERS[sdk]];
    expect(listed.toSorted()).toEqual(METHODS[sdk]().toSorted());
  });
});

describe('the examples', () => {
  const pages = API_PAGES.filter(({ hasExamples }) => hasExamples);
  const cases = pages.flatMap(({ tag, name }) =>
    readAllExamples(name).map(([language, examples]) => ({ tag, name, language, examples })),
  );

  it.each(cases)('of $name in $language call every operation', ({ tag, language, examples }) => {
    const own = operations.filter((one) => one.tag === tag);
    expect([...examples.keys()].toSorted()).toEqual(
      ['client', ...own.map(({ id }) => id)].toSorted(),
    );
    for (const operation of own) {
      expect(examples.get(operation.id)).toMatch(calling(language, operation));
    }
  });

  function calling(language: Language, { id, method, path }: (typeof operations)[number]): RegExp {
    const call = CALLS[id];
    if (language !== 'sh') {
      const sdk = language === 'ts' ? 'typescript' : language;
      return new RegExp(`client\\.${call?.[sdk].replace('.', '\\.')}\\(`);
    }
    // A parameter is a variable, or the example's own value.
    const address = path.replace('/v1', '').replace(/\{\w+\}/g, '[\\w$.]+');
    const verb = method === 'GET' || method === 'POST' ? '' : `-X ${method} `;
    return new RegExp(`curl -sf (-X POST )?${verb}"\\$HUMANRAIL_BASE_URL${address}[?"]`);
  }
});
