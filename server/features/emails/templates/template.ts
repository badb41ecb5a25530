import { z } from 'zod';

/** A path of this instance; the public address is prepended when sending. */
export const OwnPath = z.string().regex(/^\/(?![/\\])\S*$/, 'A path of this instance.');

/** One block of a message, rendered to both HTML and plain text. */
export type Block =
  | { kind: 'text'; text: string }
  | { kind: 'button'; label: string; path: string }
  | { kind: 'facts'; rows: [label: string, value: string][] }
  /** Secondary text, such as what to do if the message is unexpected. */
  | { kind: 'note'; text: string };

/** A message before it is rendered to HTML and text. */
export interface Message {
  subject: string;
  /** The preview line next to the subject in an inbox. */
  preview: string;
  blocks: Block[];
}

/** What a message may state about its sender. */
export interface Instance {
  name: string;
}

export interface Template<Schema extends z.ZodType = z.ZodType> {
  /** The purpose shown in the list of templates. */
  about: string;
  /** Whether it contains a sign-in link, so that only its recipient may read it. */
  secret: boolean;
  data: Schema;
  sample: z.input<Schema>;
  compose: (data: z.output<Schema>, instance: Instance) => Message;
}

/** Types a template by its own schema. */
export function template<Schema extends z.ZodType>(definition: Template<Schema>): Template<Schema> {
  return definition;
}

/** A name or another short user-provided text, reduced to one line. */
export const Short = z
  .string()
  .max(200)
  .transform((text) => text.replace(/\s+/g, ' ').trim());

/** A moment in a fixed, readable format. */
export const Moment = z.iso
  .datetime()
  .transform((text) => `${text.slice(0, 10)} ${text.slice(11, 16)} UTC`);
