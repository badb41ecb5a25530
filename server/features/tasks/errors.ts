import type { CapReached } from '@/server/features/ledger';
import { Conflict, Forbidden, Unprocessable } from '@/server/platform/errors';

/** 409: too late to cancel; a worker's answer is in, or the task has ended. */
export class TaskNotCancellable extends Conflict {
  constructor(status: string) {
    super(
      'task_not_cancellable',
      `A task that is ${status} cannot be cancelled; only posted and assigned tasks can.`,
      { details: { status } },
    );
  }
}

/** 409: the key was used for another request. */
export class IdempotencyMismatch extends Conflict {
  constructor() {
    super(
      'idempotency_mismatch',
      'This idempotency key was used with another body. Send the same body, or a new key.',
      { param: 'idempotency_key' },
    );
  }
}

/** 403: the daily cap of the key, or of the whole organization, does not cover this task. */
export class SpendCapReached extends Forbidden {
  constructor({ whose, maxSats, spentSats, requiredSats }: CapReached) {
    super(
      'spend_cap_reached',
      `This ${whose} may hold ${maxSats} sats a day and has held ${spentSats}; this task needs ${requiredSats} more.`,
      {
        details: {
          max_spend_sats: maxSats,
          spent_sats: spentSats,
          required_sats: requiredSats,
          cap: whose,
        },
      },
    );
  }
}

/** 422: no worker, online or not, could ever take this live task. */
export class NoEligibleWorker extends Unprocessable {
  constructor(skills: readonly string[], riskTier: string) {
    super(
      'no_eligible_worker',
      `No worker holds ${skills.length > 0 ? skills.join(', ') : 'the tier'} at the ${riskTier} tier. Ask for fewer skills or a lower risk_tier, or add workers.`,
      { param: 'skills_required', details: { skills_required: skills, risk_tier: riskTier } },
    );
  }
}

/** 409: the assignment has ended: submitted, released, lapsed, or the task is over. */
export class AssignmentClosed extends Conflict {
  constructor(status: string) {
    super('assignment_closed', `This assignment is over: it is ${status}.`, {
      details: { status },
    });
  }
}

/** 409: somebody else took it, or it has ended. */
export class TaskNotAvailable extends Conflict {
  constructor() {
    super('task_not_available', 'This task can no longer be taken. Take another one.');
  }
}
