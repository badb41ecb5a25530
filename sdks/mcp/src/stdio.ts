import { HumanRail, HumanRailError } from '@humanrail/sdk';
import { serveStdio } from '@modelcontextprotocol/server/stdio';
import { createMcpServer } from './server.js';

/**
 * Serves the tools on this process's standard input and output, until the input ends. The client
 * is configured by HUMANRAIL_API_KEY and HUMANRAIL_BASE_URL; if it cannot be created, the process
 * prints the reason on standard error and exits with 1. Standard output carries only the protocol.
 */
export function serveOnStdio(): void {
  let client: HumanRail;
  try {
    client = new HumanRail();
  } catch (error) {
    if (!(error instanceof HumanRailError)) throw error;
    process.stderr.write(
      `humanrail-mcp: ${error.message}\nHUMANRAIL_API_KEY and HUMANRAIL_BASE_URL belong into the env of this server in your MCP client's configuration.\n`,
    );
    process.exitCode = 1;
    return;
  }
  serveStdio(() => createMcpServer(client), {
    onerror: (error) => process.stderr.write(`humanrail-mcp: ${error.message}\n`),
  });
}
