import type { Actor } from '@/server/platform/actor';
import { hotQuery, Prisma } from '@/server/platform/db';
import { isUuid } from '@/server/platform/ids';
import { visibleSql } from './access';
import type { ChangingRow, FixedRow } from './render';

export type ReadTask = FixedRow & ChangingRow;

type Sats = 'payoutSats' | 'heldSats' | 'chargedSats' | 'feeSats';
type PlainRow = Omit<ReadTask, Sats> & Record<Sats, string>;

/**
 * Reads one task for `renderTask`; null if the actor may not see it. Bypasses the Prisma client,
 * because customers poll this.
 */
export async function readTask(actor: Actor, id: string): Promise<ReadTask | null> {
  if (!isUuid(id)) return null;
  const [row] = await hotQuery<PlainRow>(Prisma.sql`
    SELECT t.id, t.mode, t.status, t.type, t.payload, t.output_schema AS "outputSchema",
           t.payout_sats AS "payoutSats", t.sla_seconds AS "slaSeconds",
           t.skills_required AS "skillsRequired", t.risk_tier AS "riskTier",
           t.min_votes AS "minVotes", t.max_votes AS "maxVotes",
           t.target_confidence AS "targetConfidence", t.vote_value AS "voteValue", t.instructions,
           t.metadata,
           t.callback_url AS "callbackUrl", t.idempotency_key AS "idempotencyKey",
           t.output, t.confidence, t.confidence_basis AS "confidenceBasis",
           t.votes_accepted AS "votesAccepted", t.dissent, t.correction, t.verification,
           t.held_sats AS "heldSats", t.charged_sats AS "chargedSats", t.fee_sats AS "feeSats",
           t.failure_code AS "failureCode", t.failure_message AS "failureMessage",
           t.created_at AS "createdAt", t.assigned_at AS "assignedAt",
           t.submitted_at AS "submittedAt", t.completed_at AS "completedAt",
           t.updated_at AS "updatedAt", t.expires_at AS "expiresAt"
      FROM tasks t WHERE t.id = ${id}::uuid AND ${visibleSql(actor)}`);
  return row
    ? {
        ...row,
        payoutSats: BigInt(row.payoutSats),
        heldSats: BigInt(row.heldSats),
        chargedSats: BigInt(row.chargedSats),
        feeSats: BigInt(row.feeSats),
      }
    : null;
}
