import { z } from 'zod';

/** A page of this instance; sending writes the public address before it. */
export const OwnPath = z.string().regex(/^\/(?![/\\])\S*$/, 'A path of this instance.');

/** One piece of a message; HTML and plain text are both made from it. */
export type Block =
  | { kind: 'text'; text: string }
  | { kind: 'button'; label: string; path: string }
  | { kind: 'facts'; rows: [label: string, value: string][] }
  /** Said more quietly, such as what to do if the message came unasked. */
  | { kind: 'note'; text: string };

/** What a message says, before it becomes HTML and text. */
export interface Message {
  subject: string;
  /** The line an inbox shows beside the subject. */
  preview: string;
  blocks: Block[];
}

/** What a message may say of where it comes from. */
export interface Instance {
  name: string;
}

export interface Template<Schema extends z.ZodType = z.ZodType> {
  /** What it is sent for, as the list of templates says. */
  about: string;
  /** Its link lets somebody in, so that nobody but its reader should keep it. */
  secret: boolean;
  data: Schema;
  sample: z.input<Schema>;
  compose: (data: z.output<Schema>, instance: Instance) => Message;
}

/** Types a template by its own schema. */
export function template<Schema extends z.ZodType>(definition: Template<Schema>): Template<Schema> {
  return definition;
}

/** A name or another short text that somebody chose; on one line, whatever they wrote. */
export const Short = z
  .string()
  .max(200)
  .transform((text) => text.replace(/\s+/g, ' ').trim());

/** A moment, as people read it everywhere alike. */
export const Moment = z.iso
  .datetime()
  .transform((text) => `${text.slice(0, 10)} ${text.slice(11, 16)} UTC`);
