import type { HumanRail, Task } from '@humanrail/sdk';
import type { Tool as ListedTool, ToolAnnotations } from '@modelcontextprotocol/server';
import { z } from 'zod';

/** Progress of a wait, for `notifications/progress`. */
export interface Progress {
  /** Seconds waited so far; grows. */
  progress: number;
  /** Seconds the wait lasts at most. */
  total: number;
  message: string;
}

/** The context of one tool call. */
export interface ToolCall {
  client: HumanRail;
  /** Ends when the caller no longer wants the answer. */
  signal: AbortSignal;
  /** Undefined if the caller did not ask for progress. */
  report: ((progress: Progress) => Promise<void>) | undefined;
  /** Whether the caller declared the Tasks extension, so that a task's handle is an answer too. */
  takesHandle: boolean;
}

/** What a tool answers. */
export interface ToolAnswer {
  /** For the model: what came out, and what to do next. */
  text: string;
  /** For programs: fits the tool's output schema. */
  structured: Record<string, unknown>;
  isError?: boolean;
}

/** Instead of an answer: the task that will have it. */
export interface TaskHandle {
  handle: Task;
}

export interface Tool {
  /** What `tools/list` says of it. */
  listed: ListedTool;
  /** The arguments, or what is wrong with them in a sentence. */
  read(args: unknown): { ok: true; value: unknown } | { ok: false; fault: string };
  run(args: unknown, call: ToolCall): Promise<ToolAnswer | TaskHandle>;
}

interface ToolDefinition<Input extends z.ZodType> {
  name: string;
  title: string;
  description: string;
  annotations: ToolAnnotations;
  input: Input;
  output: z.ZodType;
  run(args: z.output<Input>, call: ToolCall): Promise<ToolAnswer | TaskHandle>;
}

/** A tool from its schemas. */
export function defineTool<Input extends z.ZodType>(definition: ToolDefinition<Input>): Tool {
  const { name, title, description, annotations, input, output } = definition;
  return {
    listed: {
      name,
      title,
      description,
      annotations: { title, ...annotations },
      inputSchema: objectSchema(input, 'input'),
      outputSchema: objectSchema(output, 'output'),
    },
    read(args) {
      const parsed = input.safeParse(args);
      if (parsed.success) return { ok: true, value: parsed.data };
      return { ok: false, fault: z.prettifyError(parsed.error) };
    },
    run: (args, call) => definition.run(args as z.output<Input>, call),
  };
}

function objectSchema(schema: z.ZodType, io: 'input' | 'output'): ListedTool['inputSchema'] {
  return { ...z.toJSONSchema(schema, { io }), type: 'object' } as ListedTool['inputSchema'];
}
