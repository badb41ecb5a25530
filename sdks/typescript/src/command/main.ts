import { HumanRailError } from '../errors.js';
import { VERSION } from '../version.js';
import { EXIT, type ExitCode, UsageError } from './exit-code.js';
import { HELP, type HelpTopic } from './help.js';
import { type Io, masked } from './io.js';
import { listen } from './listen.js';
import { createTask, getTask, listTasks, waitForTask } from './tasks.js';
import { verify } from './verify.js';

type Command = (args: readonly string[], io: Io) => Promise<ExitCode>;

const COMMANDS: Readonly<Partial<Record<HelpTopic, Command>>> = {
  'tasks create': createTask,
  'tasks get': getTask,
  'tasks wait': waitForTask,
  'tasks list': listTasks,
  listen,
  verify,
};

/** Runs the command and returns its exit code; failures are reported as messages. */
export async function run(args: readonly string[], io: Io): Promise<ExitCode> {
  const topic = topicOf(args);
  const command = COMMANDS[topic];
  if (args.includes('--version')) {
    io.out(VERSION);
    return EXIT.done;
  }
  const rest = args.slice(topic === '' ? 0 : topic.split(' ').length);
  try {
    if (rest.includes('--help') || rest.includes('-h') || args.length === 0) {
      io.out(HELP[topic]);
      return EXIT.done;
    }
    if (!command) throw new UsageError(unknownCommand(topic, rest));
    return await command(rest, io);
  } catch (error) {
    if (io.signal.aborted) return EXIT.done;
    tell(error, topic, args.includes('--json'), io);
    return error instanceof UsageError ? EXIT.usage : EXIT.failed;
  }
}

function topicOf([first = '', second = '']: readonly string[]): HelpTopic {
  const both = `${first} ${second}`;
  if (both in HELP) return both as HelpTopic;
  return first in HELP ? (first as HelpTopic) : '';
}

function unknownCommand(topic: HelpTopic, [given]: readonly string[]): string {
  const prefix = topic === '' ? '' : `${topic} `;
  return given
    ? `There is no command '${prefix}${given}'.`
    : `'humanrail ${topic}' needs a command.`;
}

function tell(error: unknown, topic: HelpTopic, asJson: boolean, io: Io): void {
  const message = masked(error instanceof Error ? error.message : String(error));
  if (asJson) {
    io.err(JSON.stringify({ error: { ...factsOf(error), message } }));
    return;
  }
  io.err(`humanrail: ${message}`);
  if (error instanceof HumanRailError && error.requestId) io.err(`Request: ${error.requestId}`);
  if (error instanceof UsageError) {
    io.err(`See: humanrail ${topic === '' ? '' : `${topic} `}--help`);
  }
}

function factsOf(error: unknown): Record<string, unknown> {
  if (error instanceof UsageError) return { type: 'usage_error' };
  if (!(error instanceof HumanRailError)) return { type: 'internal_error' };
  const { status, type, code, param, details, requestId } = error;
  return { type: type ?? 'client_error', code, status, param, details, request_id: requestId };
}
