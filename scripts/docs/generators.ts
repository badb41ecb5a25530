import { generalErrors } from './api/errors';
import { API_PAGES } from './api/pages';
import { renderCalls } from './api/render-calls';
import { renderPage } from './api/render-page';
import { commandHelp } from './command-help';
import { environmentFile, environmentTable, scalingTable } from './environment';
import { errorSections } from './errors';
import { grafanaDashboard } from './grafana-dashboard';
import { mcpTools } from './mcp-tools';
import { retries, shippedTypes, tiers, workerKeys } from './tables';

/** A generated file, or part of a file. */
export interface Generator {
  /** Path in the repository. */
  file: string;
  /** The part between `{/* generated: NAME *\/}` and `{/* end *\/}`; by default the whole file. */
  region?: string;
  /** The text, without the region's markers. */
  make(): string;
}

/** All generated documentation. */
export const GENERATORS: Generator[] = [
  { file: '.env.example', make: environmentFile },
  { file: 'public/monitoring/grafana-dashboard.json', make: grafanaDashboard },
  {
    file: 'docs/pages/self-hosting/environment.mdx',
    region: 'environment',
    make: environmentTable,
  },
  { file: 'docs/pages/errors.mdx', region: 'errors', make: errorSections },
  { file: 'docs/pages/task-types.mdx', region: 'shipped-types', make: shippedTypes },
  { file: 'docs/pages/concepts/verification.mdx', region: 'tiers', make: tiers },
  { file: 'docs/pages/webhooks.mdx', region: 'retries', make: retries },
  { file: 'docs/pages/workers.mdx', region: 'keys', make: workerKeys },
  { file: 'docs/pages/self-hosting/scaling.mdx', region: 'scaling', make: scalingTable },
  { file: 'docs/pages/api/overview.mdx', region: 'errors', make: generalErrors },
  ...API_PAGES.map((page) => ({
    file: `docs/pages/api/${page.name}.mdx`,
    make: () => renderPage(page),
  })),
  ...(['python', 'typescript', 'go'] as const).map((sdk) => ({
    file: `docs/pages/sdks/${sdk}.mdx`,
    region: 'calls',
    make: () => renderCalls(sdk),
  })),
  { file: 'docs/pages/sdks/command-line.mdx', region: 'help', make: commandHelp },
  { file: 'docs/pages/agents/mcp.mdx', region: 'tools', make: mcpTools },
];
