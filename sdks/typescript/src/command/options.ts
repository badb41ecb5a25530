import { readFile } from 'node:fs/promises';
import { type ParseArgsConfig, parseArgs } from 'node:util';
import { HumanRail } from '../client.js';
import { UsageError } from './exit-code.js';
import type { Io } from './io.js';

type OptionSpecs = NonNullable<ParseArgsConfig['options']>;

/** What every command takes. */
export const COMMON_OPTIONS = {
  json: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
  'base-url': { type: 'string' },
} as const satisfies OptionSpecs;

/** Parsed arguments: the options' values, and positional arguments. */
interface Args<Specs extends OptionSpecs> {
  values: ReturnType<
    typeof parseArgs<{ options: Specs & typeof COMMON_OPTIONS; strict: true }>
  >['values'];
  given: string[];
}

/**
 * Reads a command's arguments.
 * @param positionals names of the required positional arguments.
 * @throws UsageError
 */
export function readArgs<Specs extends OptionSpecs>(
  args: readonly string[],
  specs: Specs,
  positionals: readonly string[],
): Args<Specs> {
  const options = { ...COMMON_OPTIONS, ...specs };
  const parse = () => parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
  let parsed: ReturnType<typeof parse>;
  try {
    parsed = parse();
  } catch (error) {
    // Its first sentence is the problem; the rest is about parseArgs itself.
    throw new UsageError((error as Error).message.replace(/\. To specify.*$/s, '.'));
  }
  const missing = positionals[parsed.positionals.length];
  if (missing) throw new UsageError(`${missing} is missing.`);
  const extra = parsed.positionals[positionals.length];
  if (extra !== undefined) throw new UsageError(`'${extra}' is one argument too many.`);
  return { values: parsed.values, given: parsed.positionals };
}

/** A client by the environment, and `--base-url`. The key is never an argument: others would see it. */
export function clientOf(values: { 'base-url'?: string }, { env }: Io): HumanRail {
  return new HumanRail({
    apiKey: env.HUMANRAIL_API_KEY,
    baseUrl: values['base-url'] ?? env.HUMANRAIL_BASE_URL,
  });
}

/** A whole number of an option. @throws UsageError */
export function wholeNumber(name: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^\d{1,15}$/.test(text)) {
    throw new UsageError(`--${name} must be a whole number, not '${text}'.`);
  }
  return Number(text);
}

/** An option's JSON: itself, `@file`, or `-` for standard input. @throws UsageError */
export async function jsonOption(name: string, text: string, io: Io): Promise<unknown> {
  const content = await contentOf(name, text, io);
  try {
    return JSON.parse(content);
  } catch (error) {
    throw new UsageError(`--${name} is no JSON: ${(error as Error).message}.`);
  }
}

/** Same, but must be an object. @throws UsageError */
export async function objectOption(
  name: string,
  text: string | undefined,
  io: Io,
): Promise<Record<string, unknown> | undefined> {
  if (text === undefined) return undefined;
  const value = await jsonOption(name, text, io);
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    return value as Record<string, unknown>;
  }
  throw new UsageError(`--${name} must be a JSON object, like '{"text": "…"}'.`);
}

/** `key=value` pairs. @throws UsageError */
export function pairs(
  name: string,
  given: readonly string[] | undefined,
): Record<string, string> | undefined {
  if (!given) return undefined;
  return Object.fromEntries(
    given.map((pair) => {
      const at = pair.indexOf('=');
      if (at < 1) throw new UsageError(`--${name} takes key=value, not '${pair}'.`);
      return [pair.slice(0, at), pair.slice(at + 1)];
    }),
  );
}

/** The text of a file, or of standard input for `-`. @throws UsageError */
export async function readInput(path: string, io: Io): Promise<string> {
  if (path === '-') return io.stdin();
  return readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new UsageError(
      error.code === 'ENOENT' ? `There is no file ${path}.` : `${path}: ${error.message}.`,
    );
  });
}

function contentOf(name: string, text: string, io: Io): Promise<string> {
  if (text === '-') return io.stdin();
  if (text === '@') throw new UsageError(`--${name} @ needs the name of a file.`);
  return text.startsWith('@') ? readInput(text.slice(1), io) : Promise.resolve(text);
}
