import { tools } from '@/sdks/mcp/src/tools/index';
import { cell, table } from './api/markdown';

/** The tools of the MCP server, with what each says of itself. */
export function mcpTools(): string {
  const rows = tools.map(({ listed: { name, description = '', inputSchema, annotations } }) => [
    `\`${name}\``,
    cell(description),
    Object.keys(inputSchema.properties ?? {})
      .map((argument) => `\`${argument}\``)
      .join(', '),
    annotations?.readOnlyHint ? '' : annotations?.destructiveHint ? 'yes, for good' : 'yes',
  ]);
  return table(['tool', 'what it does', 'arguments', 'writes'], rows);
}
