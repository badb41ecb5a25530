import { Conflict, Unprocessable } from '@/server/platform/errors';

/** 422: skills that nobody could hold, since they do not exist. */
export class UnknownSkill extends Unprocessable {
  constructor(unknown: readonly string[], known: readonly string[]) {
    const names = unknown.map((name) => `"${name.slice(0, 64)}"`).join(', ');
    super(
      'unknown_skill',
      `No worker can hold ${names}: there is no such skill. Known skills: ${known.join(', ')}.`,
      { param: 'skills_required', details: { unknown, known } },
    );
  }
}

/** 409: a worker who was paused asks for work. */
export class WorkerPaused extends Conflict {
  constructor() {
    super(
      'worker_paused',
      'Your account is paused, so no tasks can be given to you. Write to the operator.',
    );
  }
}

/** 409: who was not let in yet asks for work. */
export class NotVetted extends Conflict {
  constructor(vetting: 'waiting' | 'rejected') {
    super(
      vetting === 'waiting' ? 'vetting_waiting' : 'vetting_rejected',
      vetting === 'waiting'
        ? 'An operator looks at your application first. You hear by e-mail; until then you cannot go online.'
        : 'Your application was not approved, so no tasks can be given to you.',
    );
  }
}

/** 409: one person is one worker in each mode. */
export class WorkerExists extends Conflict {
  constructor() {
    super('worker_exists', 'This person is a worker in this mode already.');
  }
}
