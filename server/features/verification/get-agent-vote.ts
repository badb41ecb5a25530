import { getTask } from '@/server/features/tasks';
import type { Actor } from '@/server/platform/actor';
import { db } from '@/server/platform/db';
import { guessOf } from './agent-voter';
import { AGENT_WEIGHS_FROM } from './agent-weight';
import type { Json } from './stage';

/** The agent's guess, and its weight among people's votes, according to the latest judgement. */
export interface AgentVote {
  output: Json;
  /** The agent's confidence, 0 to 1. */
  confidence: number;
  /** The tenth that contains its confidence: from `from` to `to`. */
  from: number;
  to: number;
  /**
   * The task's resolution for the guess; null before an answer is judged, and if the task's answer
   * was no vote.
   */
  judged: {
    /** Whether it agrees with people in the deciding fields. */
    agrees: boolean;
    /** Its guesses in this tenth with known truth, and the number required to have weight. */
    checked: number;
    needed: number;
    /** The number of average workers' votes it counted as; 0 before it has weight. */
    votes_worth: number;
    /** The confidence from people alone; null before it has weight. */
    confidence_without: number | null;
  } | null;
}

/**
 * The agent's guess as a voter; null if the task has none.
 * @throws NotFound if the actor may not see the task.
 */
export async function getAgentVote(actor: Actor, taskId: string): Promise<AgentVote | null> {
  const { id } = await getTask(actor, taskId);
  const row = await db.task.findUniqueOrThrow({ where: { id }, select: { agentGuess: true } });
  const guess = guessOf(row);
  if (!guess) return null;
  const verdict = await db.verdict.findFirst({
    where: { taskId: id, stage: 'consensus', verdict: { not: 'skipped' } },
    orderBy: { id: 'desc' },
    select: { details: true },
  });
  const { agent } = (verdict?.details ?? {}) as { agent?: AgentDetails };
  return {
    output: guess.output,
    confidence: guess.confidence,
    from: guess.bucket / 10,
    to: (guess.bucket + 1) / 10,
    judged: agent
      ? {
          agrees: agent.agrees,
          checked: Math.floor(agent.labelled),
          needed: AGENT_WEIGHS_FROM,
          votes_worth: agent.votesWorth ?? 0,
          confidence_without: agent.confidenceWithout ?? null,
        }
      : null,
  };
}

/** In the format of the consensus stage. */
interface AgentDetails {
  agrees: boolean;
  labelled: number;
  votesWorth?: number;
  confidenceWithout?: number;
}
