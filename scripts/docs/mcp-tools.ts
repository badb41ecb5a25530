import { tools } from '@/sdks/mcp/src/tools/index';
import { cell } from './api/markdown';
import { markdownTable } from './markdown-table';

/** The MCP server's tools with their descriptions. */
export function mcpTools(): string {
  const rows = tools.map(({ listed: { name, description = '', inputSchema, annotations } }) => [
    `\`${name}\``,
    cell(description),
    Object.keys(inputSchema.properties ?? {})
      .map((argument) => `\`${argument}\``)
      .join(', '),
    annotations?.readOnlyHint ? '' : annotations?.destructiveHint ? 'yes, for good' : 'yes',
  ]);
  return markdownTable(['tool', 'what it does', 'arguments', 'writes'], rows);
}
