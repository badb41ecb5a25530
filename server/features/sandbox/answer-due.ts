import { graceMs } from '@/server/platform/background';
import { clock } from '@/server/platform/clock';
import { db, hotQuery, Prisma } from '@/server/platform/db';
import { inRound, ROUND_MAX, type Round } from '@/server/platform/rounds';
import { timePassesSql } from '@/server/platform/test-clock';
import { simulateAnswer } from './simulate-answer';

interface Due {
  assignmentId: string;
  answersAt: Date;
}

/** Answers for simulated workers whose own process did not, earliest due first. */
export async function answerDue(): Promise<Round> {
  const due = await findDue(new Date(clock.nowMs() - graceMs()), ROUND_MAX);
  const answered: string[] = [];
  const round = await inRound('A simulated worker failed to answer', due, async (each) => {
    await simulateAnswer(each.assignmentId);
    answered.push(each.assignmentId);
    return true;
  });
  // A worker who fails here does not retry: the assignment expires.
  if (answered.length > 0) {
    await db.$executeRaw`
      UPDATE assignments SET answers_at = NULL
       WHERE id = ANY(${answered}::uuid[]) AND status IN ('offered', 'active')`;
  }
  return round;
}

/** When the next simulated answer is due; null if none is pending. */
export async function nextAnswerAt(): Promise<Date | null> {
  const [next] = await findDue(null, 1);
  return next ? new Date(next.answersAt.getTime() + graceMs()) : null;
}

async function findDue(by: Date | null, limit: number): Promise<Due[]> {
  return hotQuery<Due>(Prisma.sql`
    SELECT a.id::text AS "assignmentId", a.answers_at AS "answersAt"
      FROM assignments a JOIN tasks t ON t.id = a.task_id
     WHERE a.status IN ('offered', 'active') AND a.answers_at IS NOT NULL
       AND ${await timePassesSql('t')} AND ${by ? Prisma.sql`a.answers_at <= ${by}` : Prisma.sql`true`}
     ORDER BY a.answers_at LIMIT ${limit}`);
}
