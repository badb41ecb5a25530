import { v7 } from 'uuid';
import type { Prisma } from '@/prisma/generated/client';
import { snapshotOf } from '@/server/features/tasks/render';
import { searchEntriesOf } from '@/server/features/tasks/search-words';
import { labelOf } from '@/server/features/verification/consensus/fields';
import { feeSats } from '@/server/platform/money';
import { type Dice, excerptOf, OUTPUT_SCHEMA, pick, VERDICTS, type Verdict } from './content';
import type { End, Life, Place, Plan, Row } from './life';

const FAILURES: Partial<Record<End, [string, string]>> = {
  failed: ['too_fast', 'No answer passed verification: it came too fast.'],
  expired: ['sla_expired', 'Expired before an answer was verified.'],
};
const STAGES = ['schema', 'rules', 'anomaly', 'gold', 'consensus', 'qa'];

export function idAt(ms: number, dice: Dice): string {
  const random = Uint8Array.from({ length: 16 }, () => Math.floor(dice() * 256));
  return v7({ msecs: Math.floor(ms), random, seq: Math.floor(dice() * 0x7fffffff) });
}

/** Writes one task's rows, step by step, like the product. */
export class Writer {
  private readonly rows: Record<string, Row[]> = {};
  private sequence = 0;
  private readonly earned: { workerId: string; amountSats: bigint }[] = [];
  private fee = 0n;
  private rejected = [0, 0, 0, 0, 0, 0];
  private answers: Verdict[] = [];
  private nowMs: number;

  constructor(
    private readonly task: Row,
    private readonly place: Place,
    private readonly dice: Dice,
    private readonly plan: Plan,
  ) {
    this.nowMs = (task.created_at as Date).getTime();
  }

  life(): Life {
    const { end } = this.plan;
    this.event('task.created', 'posted');
    if (end !== 'posted') this.end(end);
    const { task } = this;
    task.sequence = this.sequence;
    this.add('tasks', task);
    const searched = {
      id: String(task.id),
      organizationId: this.place.organizationId,
      mode: this.place.mode,
      payload: task.payload,
      metadata: task.metadata,
      idempotencyKey: String(task.idempotency_key),
    };
    this.add('task_search', { task_id: task.id, words: searchEntriesOf(searched) });
    return {
      taskId: String(task.id),
      heldSats: this.plan.heldSats,
      earned: this.earned,
      feeSats: this.fee,
      ended: end !== 'posted',
      rows: this.rows,
    };
  }

  private end(end: Exclude<End, 'posted'>): void {
    const { slaSeconds, maxVotes, truth } = this.plan;
    const started = this.nowMs;
    if (end === 'cancelled') this.wait(5 + this.dice() * 60);
    else if (end === 'expired') this.nowMs += slaSeconds * 1_000;
    else {
      const rounds = end === 'failed' ? 3 : maxVotes;
      const pace = (0.08 + 0.5 * this.dice() ** 3) / rounds;
      for (let turn = 0; turn < rounds; turn++) {
        this.wait(1 + this.dice() * 4);
        this.turn(turn, end === 'verified' ? this.said(truth, turn) : null, slaSeconds * pace);
      }
    }
    this.task.completed_at = new Date(this.nowMs);
    if (end === 'verified') this.verify();
    const [code = null, message = null] = FAILURES[end] ?? [];
    Object.assign(this.task, { failure_code: code, failure_message: message });
    this.event(`task.${end}`, end);
    this.outcome((this.nowMs - started) / 1_000);
  }

  private wait(seconds: number): void {
    this.nowMs += Math.round(seconds * 1_000);
  }

  /** A majority answers correctly, so that the truth is verified. */
  private said(truth: Verdict, turn: number): Verdict {
    if (turn !== 1 || this.dice() < 0.7) return truth;
    const others = VERDICTS.filter((verdict) => verdict !== truth);
    return pick(others, this.dice(), () => 1 / others.length);
  }

  /** One worker's turn: taken, answered, judged. A null `verdict` is a rejected answer. */
  private turn(turn: number, verdict: Verdict | null, seconds: number): void {
    const { workerIds, mode } = this.place;
    const worker =
      workerIds[(Number(this.task.payout_sats) + turn * 7 + this.sequence * 3) % workerIds.length];
    const assignmentId = idAt(this.nowMs, this.dice);
    const createdAt = new Date(this.nowMs);
    this.task.assigned_at ??= createdAt;
    this.event('task.assigned', 'assigned', { assignmentId });
    this.wait(Math.max(3, seconds));
    this.task.submitted_at = new Date(this.nowMs);
    const accepted = verdict !== null;
    const answer: Row = {
      id: idAt(this.nowMs, this.dice),
      assignment_id: assignmentId,
      task_id: this.task.id,
      worker_id: worker,
      organization_id: this.place.organizationId,
      mode,
      type: this.task.type,
      output: { verdict: verdict ?? 'uncertain', notes: excerptOf('', this.dice) },
      status: accepted ? 'accepted' : 'rejected',
      elapsed_ms: Math.round(Math.max(3, seconds) * 1_000),
      text_signature: [],
      rejection_code: accepted ? null : 'too_fast',
      rejection_message: accepted ? null : 'The answer came faster than the task can be read.',
      created_at: new Date(this.nowMs),
      judged_at: new Date(this.nowMs),
    };
    this.add('assignments', {
      id: assignmentId,
      task_id: this.task.id,
      worker_id: worker,
      mode,
      status: 'submitted',
      backup: false,
      created_at: createdAt,
      started_at: createdAt,
      lapses_at: new Date(createdAt.getTime() + 300_000),
      ended_at: answer.created_at,
    });
    this.add('answers', answer);
    this.event('task.submitted', 'submitted', { assignmentId });
    this.verdicts(String(answer.id), accepted);
    if (verdict) {
      this.answers.push(verdict);
      this.earned.push({ workerId: String(worker), amountSats: this.plan.payoutSats });
      this.add('payouts', {
        id: idAt(this.nowMs, this.dice),
        mode,
        worker_id: worker,
        organization_id: this.place.organizationId,
        task_id: this.task.id,
        answer_id: answer.id,
        amount_sats: this.plan.payoutSats.toString(),
        rail: 'internal',
        status: 'pending',
        created_at: new Date(this.nowMs),
      });
    }
    const isLast = accepted ? this.answers.length === this.plan.maxVotes : turn === 2;
    if (!isLast) this.event('task.requeued', 'posted');
  }

  private verdicts(answerId: string, accepted: boolean): void {
    const stopped = accepted ? STAGES.length : 2;
    if (!accepted) this.rejected[2] = (this.rejected[2] ?? 0) + 1;
    const report = STAGES.slice(0, stopped + 1).map((stage, at) => ({
      stage,
      verdict: at === stopped ? 'reject' : 'pass',
      reason: at === stopped ? 'too_fast' : null,
      score: stage === 'consensus' ? 0.75 + this.dice() * 0.24 : null,
    }));
    this.task.verification = report;
    for (const { stage, verdict, reason, score } of report) {
      this.add('verdicts', {
        id: idAt(this.nowMs, this.dice),
        answer_id: answerId,
        task_id: this.task.id,
        stage,
        verdict,
        reason_code: reason,
        message: reason && 'The answer came faster than the task can be read.',
        score,
        created_at: new Date(this.nowMs),
      });
    }
  }

  private verify(): void {
    const { truth } = this.plan;
    const paid = this.plan.payoutSats * BigInt(this.answers.length);
    this.fee = feeSats(paid, this.place.fee);
    Object.assign(this.task, {
      output: { verdict: truth },
      confidence: 0.72 + this.dice() * 0.27,
      dissent: this.answers.flatMap((verdict) => (verdict === truth ? [] : [{ verdict }])),
      votes_accepted: this.answers.length,
      charged_sats: (paid + this.fee).toString(),
      fee_sats: this.fee.toString(),
    });
  }

  private outcome(seconds: number): void {
    const { task } = this;
    const guess = task.agent_guess as { output: { verdict: string }; confidence: number } | null;
    const labels = this.answers.map((verdict) => labelOf(OUTPUT_SCHEMA, { verdict }) ?? '');
    const wait = (task.assigned_at as Date | undefined)?.getTime();
    const isGuessRight = guess?.output.verdict === this.plan.truth;
    this.add('task_outcomes', {
      task_id: task.id,
      organization_id: task.organization_id,
      mode: task.mode,
      type: task.type,
      status: task.status,
      created_at: task.created_at,
      seconds,
      wait_seconds: wait ? (wait - (task.created_at as Date).getTime()) / 1_000 : null,
      sla_seconds: task.sla_seconds,
      held_sats: task.held_sats,
      charged_sats: task.charged_sats,
      fee_sats: task.fee_sats,
      votes: this.answers.length,
      answers: this.rows.answers?.length ?? 0,
      stage_rejections: this.rejected,
      guess_confidence: guess?.confidence ?? null,
      guess_right: guess && task.status === 'verified' ? isGuessRight : null,
      vote_labels: labels.length > 1 ? labels : [],
    });
  }

  private event(type: string, status: string, data: Row = {}): void {
    const { task } = this;
    this.sequence++;
    const snapshot = snapshotOf(
      {
        status: status as Prisma.TaskGetPayload<object>['status'],
        output: (task.output ?? null) as Prisma.JsonValue,
        confidence: (task.confidence ?? null) as number | null,
        confidenceBasis: 'calibrated',
        votesAccepted: Number(task.votes_accepted),
        dissent: (task.dissent ?? null) as Prisma.JsonValue,
        correction: null,
        verification: (task.verification ?? null) as Prisma.JsonValue,
        heldSats: this.plan.heldSats,
        chargedSats: BigInt(String(task.charged_sats)),
        feeSats: this.fee,
        failureCode: (task.failure_code ?? null) as string | null,
        failureMessage: (task.failure_message ?? null) as string | null,
        assignedAt: (task.assigned_at ?? null) as Date | null,
        submittedAt: (task.submitted_at ?? null) as Date | null,
        completedAt: (task.completed_at ?? null) as Date | null,
        updatedAt: new Date(this.nowMs),
      },
      [],
    );
    task.updated_at = new Date(this.nowMs);
    this.add('task_events', {
      id: idAt(this.nowMs, this.dice),
      task_id: task.id,
      organization_id: task.organization_id,
      mode: task.mode,
      sequence: this.sequence,
      type,
      actor: 'system',
      data,
      snapshot,
      created_at: new Date(this.nowMs),
    });
  }

  private add(table: string, row: Row): void {
    this.rows[table] = [...(this.rows[table] ?? []), row];
  }
}
