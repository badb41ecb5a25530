/**
 * An agent's guess as a voter. Its "worker" is the organization's agent in a type at a confidence:
 * an agent that states .9 is a different voter than the same one at .5. Organization, mode and type
 * are in the evidence's own key, so ten ids suffice.
 */
import type { Json } from './stage';

const BUCKETS = 10;

/** The ids that represent agents in the evidence, by tenths of their confidence. */
export const AGENT_VOTERS: readonly string[] = Array.from(
  { length: BUCKETS },
  (_, bucket) => `00000000-0000-0000-0000-0000000000a${bucket}`,
);

export interface AgentGuess {
  workerId: string;
  output: Json;
  /** The agent's confidence, 0 to 1. */
  confidence: number;
  /** The confidence's tenth: 0 for less than .1, 9 for .9 and more. */
  bucket: number;
}

/** The guess of a task; null if it has no complete one. */
export function guessOf({ agentGuess }: { agentGuess: unknown }): AgentGuess | null {
  const { output, confidence } = (agentGuess ?? {}) as { output?: Json; confidence?: unknown };
  if (output === undefined || typeof confidence !== 'number') return null;
  const bucket = Math.min(BUCKETS - 1, Math.max(0, Math.floor(confidence * BUCKETS)));
  return { workerId: AGENT_VOTERS[bucket] ?? '', output, confidence, bucket };
}
