import { getTask } from '@/server/features/tasks';
import type { Actor } from '@/server/platform/actor';
import { db } from '@/server/platform/db';
import { guessOf } from './agent-voter';
import { AGENT_WEIGHS_FROM } from './agent-weight';
import type { Json } from './stage';

/** What the agent guessed, and what that counted for beside people's votes, by the latest judgement. */
export interface AgentVote {
  output: Json;
  /** How sure the agent was, 0 to 1. */
  confidence: number;
  /** The tenth of its confidence by which it is known: from `from` to `to`. */
  from: number;
  to: number;
  /** What became of it; null before an answer is judged, and where the task's answer was no vote. */
  judged: {
    /** Whether it says what people said, where it counts. */
    agrees: boolean;
    /** Its guesses in this tenth whose truth is known, and how many it takes to weigh anything. */
    checked: number;
    needed: number;
    /** About how many votes of average workers it counted as; 0 before it weighs. */
    votes_worth: number;
    /** The confidence by people alone; null before it weighs. */
    confidence_without: number | null;
  } | null;
}

/**
 * The agent's guess as a voter; null where the task has none.
 * @throws NotFound where the actor may not see the task.
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

/** As the consensus stage writes them. */
interface AgentDetails {
  agrees: boolean;
  labelled: number;
  votesWorth?: number;
  confidenceWithout?: number;
}
