import type { CapReached } from '@/server/features/ledger';
import type { WageFloor } from '@/server/features/workers';
import { Conflict, Forbidden, Unprocessable } from '@/server/platform/errors';
import { satsToNumber } from '@/server/platform/money';

/** 409: too late to cancel; it has an answer or has ended. */
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
      'This idempotency key was used with another body. Send the same body, or use a new key.',
      { param: 'idempotency_key' },
    );
  }
}

/** 403: the daily cap of the key, or of the organization, does not cover this task. */
export class SpendCapReached extends Forbidden {
  constructor({ whose, maxSats, spentSats, requiredSats }: CapReached) {
    super(
      'spend_cap_reached',
      `This ${whose} may spend ${maxSats} sats per day and has spent ${spentSats}; this task needs ${requiredSats} more.`,
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

/** 422: no worker, online or not, could take this live task. */
export class NoEligibleWorker extends Unprocessable {
  constructor(skills: readonly string[], riskTier: string) {
    super(
      'no_eligible_worker',
      `No worker has ${skills.length > 0 ? skills.join(', ') : 'the tier'} at the ${riskTier} tier. Require fewer skills or a lower risk_tier, or add workers.`,
      { param: 'skills_required', details: { skills_required: skills, risk_tier: riskTier } },
    );
  }
}

/** 422: the payout is below this instance's wage floor for the type. */
export class PayoutBelowFloor extends Unprocessable {
  constructor(payoutSats: bigint, floor: WageFloor) {
    const facts = {
      payout_sats: satsToNumber(payoutSats),
      payout_sats_min: satsToNumber(floor.payoutSatsMin),
      floor_sats_per_hour: floor.satsPerHour,
      own_seconds: Math.round(floor.seconds),
    };
    super(
      'payout_below_floor',
      `Answers of this type take ${facts.own_seconds} s of a worker’s time, and this instance requires ${facts.floor_sats_per_hour} sats per hour: payout_sats must be at least ${facts.payout_sats_min}, not ${facts.payout_sats}.`,
      { param: 'payout_sats', details: facts },
    );
  }
}

/** 409: the assignment was submitted, released or lapsed, or the task has ended. */
export class AssignmentClosed extends Conflict {
  constructor(status: string) {
    super('assignment_closed', `This assignment has ended: it is ${status}.`, {
      details: { status },
    });
  }
}

/** 409: somebody else took it, or it has ended. */
export class TaskNotAvailable extends Conflict {
  constructor() {
    super('task_not_available', 'This task is no longer available. Choose another one.');
  }
}
