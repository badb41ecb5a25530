import { Conflict, NotFound } from '@/server/platform/errors';

/** 409: a try is not allowed now; `code` and message say why. */
export class QuizNotAllowed extends Conflict {
  constructor(
    code: 'skill_held' | 'quiz_cooling' | 'quiz_closed',
    message: string,
    retryAt?: Date,
  ) {
    super(code, message, retryAt ? { details: { retry_at: retryAt.toISOString() } } : {});
  }
}

/** 404: there is nothing to ask for this skill. */
export class NoQuiz extends NotFound {
  constructor(skill: string) {
    super('quiz', skill);
    this.message = `The skill “${skill}” has no quiz.`;
  }
}

/** 409: the first answer to a question stands. */
export class AlreadyAnswered extends Conflict {
  constructor() {
    super('already_answered', 'This question was answered already, perhaps in another tab.');
  }
}
