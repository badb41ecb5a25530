export type { JsonSchema } from '../output-type.js';

export type JsonObject = Record<string, unknown>;
export type Metadata = Record<string, string | number | boolean | null>;
/** The final statuses. */
export type TerminalStatus = 'verified' | 'failed' | 'cancelled' | 'expired';
