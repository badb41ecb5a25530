import { Conflict, Unprocessable } from '@/server/platform/errors';

/** 422: skills that do not exist. */
export class UnknownSkill extends Unprocessable {
  constructor(unknown: readonly string[], known: readonly string[]) {
    const names = unknown.map((name) => `"${name.slice(0, 64)}"`).join(', ');
    super('unknown_skill', `Unknown skills: ${names}. Known skills: ${known.join(', ')}.`, {
      param: 'skills_required',
      details: { unknown, known },
    });
  }
}

/** 409: a paused worker requests work. */
export class WorkerPaused extends Conflict {
  constructor() {
    super(
      'worker_paused',
      'Your account is paused, so you cannot get tasks. Contact the operator.',
    );
  }
}

/** 409: an unapproved worker requests work. */
export class NotVetted extends Conflict {
  constructor(vetting: 'waiting' | 'rejected') {
    super(
      vetting === 'waiting' ? 'vetting_waiting' : 'vetting_rejected',
      vetting === 'waiting'
        ? 'An operator has to approve your application first. You will be notified by e-mail; until then you cannot go online.'
        : 'Your application was not approved, so you cannot get tasks.',
    );
  }
}

/** 409: one user is one worker in each mode. */
export class WorkerExists extends Conflict {
  constructor() {
    super('worker_exists', 'This person is already a worker in this mode.');
  }
}
