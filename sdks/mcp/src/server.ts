import { type HumanRail, HumanRailError, type Task } from '@humanrail/sdk';
import {
  type CallToolResult,
  ProtocolError,
  ProtocolErrorCode,
  Server,
  type ServerContext,
} from '@modelcontextprotocol/server';
import { explain } from './error-advice.js';
import { declaresTasks, serveTasks, taskHandle } from './tasks-extension.js';
import type { Progress, ToolAnswer } from './tool.js';
import { answerOf } from './tools/ask-human.js';
import { tools } from './tools/index.js';
import { VERSION } from './version.js';

const INSTRUCTIONS = `HumanRail puts questions to people and gives back verified answers.
Use ask_human for what needs human judgement, or facts and permissions that only people have. People take minutes: where no answer has come yet, keep the task id and call wait_for_task until the task has ended.
Every call is safe to repeat: the same question finds its task again, and is paid once. Pass another key to ask the same thing anew.`;

const byName = new Map(tools.map((tool) => [tool.listed.name, tool]));

/**
 * An MCP server with HumanRail's tools. It is stateless, so one can be created per request, in any
 * process.
 * @param client whose key says in whose name, and in which mode, the tools work
 */
export function createMcpServer(client: HumanRail): Server {
  const server = new Server(
    { name: 'humanrail', title: 'HumanRail', version: VERSION },
    { capabilities: { tools: {} }, instructions: INSTRUCTIONS },
  );

  server.setRequestHandler('tools/list', () => ({ tools: tools.map(({ listed }) => listed) }));

  server.setRequestHandler('tools/call', async ({ params }, ctx) => {
    const tool = byName.get(params.name);
    if (!tool) {
      throw new ProtocolError(ProtocolErrorCode.InvalidParams, `There is no tool ${params.name}.`);
    }
    const args = tool.read(params.arguments ?? {});
    if (!args.ok) return failure(`The arguments do not fit:\n${args.fault}`);
    const call = {
      client,
      signal: ctx.mcpReq.signal,
      report: reporterOf(ctx),
      takesHandle: declaresTasks(ctx),
    };
    try {
      const answer = await tool.run(args.value, call);
      if ('handle' in answer) return taskHandle(answer.handle) as CallToolResult;
      return resultOf(answer);
    } catch (error) {
      if (error instanceof HumanRailError) return failure(explain(error));
      throw error;
    }
  });

  serveTasks(server, client, (task: Task) => resultOf(answerOf(task)));
  return server;
}

function resultOf({ text, structured, isError }: ToolAnswer): CallToolResult {
  return {
    content: [
      { type: 'text', text },
      // Once more as text, for clients that do not read structured content.
      { type: 'text', text: JSON.stringify(structured) },
    ],
    structuredContent: structured,
    ...(isError ? { isError } : {}),
  };
}

function failure(text: string): CallToolResult {
  return { content: [{ type: 'text', text }], isError: true };
}

function reporterOf({
  mcpReq,
}: ServerContext): ((progress: Progress) => Promise<void>) | undefined {
  const progressToken = mcpReq._meta?.progressToken;
  if (progressToken === undefined) return undefined;
  return (progress) =>
    mcpReq.notify({ method: 'notifications/progress', params: { progressToken, ...progress } });
}
