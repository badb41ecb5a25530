/** The import rules of ARCHITECTURE.md, as errors. */
const FEATURES = [
  'emails',
  'organizations',
  'accounts',
  'settings',
  'rates',
  'workers',
  'api-keys',
  'task-types',
  'ledger',
  'books',
  'tasks',
  'routing',
  'payouts',
  'adjustments',
  'deposits',
  'l402',
  'reconciliation',
  'verification',
  'reviews',
  'quotes',
  'receipts',
  'golds',
  'onboarding',
  'people',
  'media',
  'v0',
  'webhooks',
  'closures',
  'usage',
  'insight',
  'appeals',
  'customers',
  'operations',
  'traces',
  'sandbox',
  'rehearsal',
];

const TESTS = '\\.test\\.tsx?$';

/** Each feature may import only the ones before it in the list. */
const onlyDownwards = FEATURES.slice(0, -1).map((feature, index) => ({
  name: `${feature}-imports-downwards-only`,
  severity: 'error',
  from: { path: `^server/features/${feature}/`, pathNot: TESTS },
  to: { path: `^server/features/(${FEATURES.slice(index + 1).join('|')})/` },
}));

module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    ...onlyDownwards,
    {
      name: 'features-through-the-front-door',
      comment:
        'Another feature is entered by its index.ts, and by schema.ts where only the contract is needed.',
      severity: 'error',
      from: { path: '^server/features/([^/]+)/', pathNot: TESTS },
      to: {
        path: '^server/features/([^/]+)/(?!index\\.ts|schema\\.ts)',
        pathNot: '^server/features/$1/',
      },
    },
    {
      name: 'core-files-know-no-framework',
      comment: 'Only doors (rest.ts, trpc.ts, jobs.ts) meet the frameworks.',
      severity: 'error',
      from: {
        path: '^server/features/',
        pathNot: ['/(rest|trpc|jobs)\\.ts$', '/rest/', TESTS],
      },
      to: {
        path: [
          '^node_modules/(next|next-auth|react|react-dom|inngest|@trpc)/',
          '^server/transport/',
        ],
      },
    },
    {
      name: 'features-know-no-door',
      comment: 'Doors and tables of contents import features, never the other way round.',
      severity: 'error',
      from: { path: '^server/features/', pathNot: TESTS },
      to: { path: '^(app|components|scripts)/|^server/(doors/|boot|rest|trpc|jobs)' },
    },
    {
      name: 'doors-enter-features-by-their-front-doors',
      comment: 'index.ts, the contract, and the doors that a feature itself has.',
      severity: 'error',
      from: { path: '^server/doors/', pathNot: TESTS },
      to: { path: '^server/features/[^/]+/(?!(index|schema|rest|trpc|jobs)\\.ts$)' },
    },
    {
      name: 'the-table-of-doors-needs-no-next',
      comment: 'It is mounted in front of Next as well, where nothing of Next is at hand.',
      severity: 'error',
      from: { path: '^server/doors/(table|node)\\.ts$' },
      to: { path: '^node_modules/next/', reachable: true },
    },
    {
      name: 'doors-know-no-page',
      severity: 'error',
      from: { path: '^server/doors/', pathNot: TESTS },
      to: { path: '^(app|components|scripts)/|^server/embedded/' },
    },
    {
      name: 'platform-imports-nothing-of-ours',
      severity: 'error',
      from: { path: '^server/platform/', pathNot: TESTS },
      to: { path: '^(app|components|server/(?!platform)|scripts)' },
    },
    {
      name: 'embedded-imports-only-platform',
      severity: 'error',
      from: { path: '^server/embedded/', pathNot: TESTS },
      to: { path: '^(app|components|server/(features|transport)|scripts)' },
    },
    {
      name: 'transport-knows-neither-features-nor-doors',
      comment:
        'What features import to be reached. Where a kit needs something of a feature, boot.ts hands it in.',
      severity: 'error',
      from: { path: '^server/transport/', pathNot: TESTS },
      to: {
        path: '^(app|components|scripts)/|^server/(features|doors|embedded)/|^server/(boot|rest|trpc|jobs)\\.ts$',
      },
    },
    {
      name: 'api-routes-are-doors',
      comment: 'They mount the table of doors, and sign in.',
      severity: 'error',
      from: { path: '^app/(v1|v0|mcp|api|inbox|healthz|readyz|metrics|\\.well-known)/' },
      to: {
        path: '^server/',
        pathNot: '^server/doors/(next\\.ts$|auth/)',
      },
    },
    {
      name: 'pages-use-components-and-the-trpc-caller',
      severity: 'error',
      from: { path: '^app/(?!v1|v0|mcp|api|inbox|healthz|readyz|metrics|\\.well-known)' },
      to: {
        path: '^server/',
        pathNot: [
          '^server/docs/',
          '^server/doors/(page-session|trpc/prefetch)\\.ts$',
          '^server/transport/list-download\\.ts$',
          '^server/platform/csv-line\\.ts$',
          '/schema\\.ts$',
        ],
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'components-take-types-and-schemas-only',
      severity: 'error',
      from: {
        path: '^components/',
        pathNot: [TESTS, '^components/docs/live-form/read-schema\\.ts$'],
      },
      to: {
        path: '^server/',
        pathNot: '/(schema|answer-schema|policy|wire)\\.ts$',
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'the-live-form-reads-schemas-in-the-browser',
      comment:
        'The documentation has no actor to ask the server as. What it takes needs no validator.',
      severity: 'error',
      from: { path: '^components/docs/live-form/read-schema\\.ts$' },
      to: {
        path: '^server/',
        pathNot:
          '^server/platform/json-schema/(invalid-output-schema|json|keywords|local-references|normalise-schema|schema-structure)\\.ts$',
      },
    },
    {
      name: 'consensus-stands-alone',
      comment:
        'Consensus is used by itself: typed arrays in, posteriors out. Beside it only the words and numbers of verification.',
      severity: 'error',
      from: { path: '^server/features/verification/consensus/', pathNot: TESTS },
      to: {
        path: '^(app|components|prisma|scripts|server)/',
        pathNot:
          '^server/features/verification/(consensus/|(stage|policy|special-functions|gold-match)\\.ts$)',
      },
    },
    {
      name: 'consensus-reaches-no-database',
      severity: 'error',
      from: { path: '^server/features/verification/consensus/', pathNot: TESTS },
      to: {
        path: '^(prisma/|server/platform/(db|outbound-http|env)|node_modules/(@prisma|pg|undici)/)',
        reachable: true,
      },
    },
    {
      name: 'network-only-at-the-edge',
      comment:
        'Requests leave from the rails and from webhook delivery, through platform/outbound-http.',
      severity: 'error',
      from: {
        path: '^server/features/',
        pathNot: [
          '^server/features/payouts/rails/',
          '^server/features/webhooks/',
          // Files that payloads point at.
          '^server/features/media/open-media\\.ts$',
          // A type's check URL is asked before the judgement.
          '^server/features/verification/check/ask-check\\.ts$',
          // The price of a bitcoin.
          '^server/features/rates/ask-source\\.ts$',
          // Save-time checks of a URL, no request.
          '^server/features/tasks/prepare-task\\.ts$',
          '^server/features/task-types/put-task-type\\.ts$',
          TESTS,
        ],
      },
      to: { path: '^server/platform/outbound-http/|^node_modules/undici/' },
    },
    {
      name: 'the-tracing-sdk-is-loaded-on-demand',
      comment:
        'Without a collector nothing of it is loaded: platform/tracing/otlp.ts is imported at run time.',
      severity: 'error',
      from: {
        path: '^(app|components|server|scripts)/',
        pathNot: '^server/platform/tracing/otlp\\.ts$',
      },
      to: { path: '^node_modules/@opentelemetry/' },
    },
    {
      name: 'the-tracing-sdk-is-imported-at-run-time',
      severity: 'error',
      from: {},
      to: { path: '^server/platform/tracing/otlp\\.ts$', dynamic: false },
    },
    {
      name: 'mail-leaves-from-one-file',
      comment:
        'Others write e-mails with enqueueEmail, in the transaction that gives cause for them.',
      severity: 'error',
      from: { pathNot: ['^server/features/emails/deliver-email\\.ts$', TESTS] },
      to: { path: '^node_modules/(@types/)?nodemailer/' },
    },
    {
      name: 'sdks-serve-outside-callers',
      comment:
        'The app calls its own features, not its own API; only the MCP door goes through the client that the published MCP server uses.',
      severity: 'error',
      from: { path: '^(app|components|server)/', pathNot: ['^server/doors/mcp/', TESTS] },
      to: { path: '^(sdks/(?!conformance)|node_modules/@humanrail/)' },
    },
    {
      name: 'nobody-imports-tests',
      severity: 'error',
      from: {
        // The crash run is a test too, of whole processes; what runs the suites prepares what they need.
        pathNot: [
          ...[TESTS, '^server/testing/', '^e2e/', '^bench/', '^playwright'],
          ...['^scripts/crash/', '^scripts/testing/'],
        ],
      },
      to: { path: ['^server/testing/', TESTS] },
    },
  ],
  options: {
    doNotFollow: { path: ['node_modules', '^sdks/(typescript|mcp)/dist'] },
    exclude: { path: ['^prisma/generated', '^\\.next'] },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
