import { Conflict, NotFound } from '@/server/platform/errors';

/** 409: no attempt is allowed now; `code` and message explain why. */
export class QuizNotAllowed extends Conflict {
  constructor(
    code: 'skill_held' | 'quiz_cooling' | 'quiz_closed',
    message: string,
    retryAt?: Date,
  ) {
    super(code, message, retryAt ? { details: { retry_at: retryAt.toISOString() } } : {});
  }
}

/** 404: the skill has no quiz. */
export class NoQuiz extends NotFound {
  constructor(skill: string) {
    super('quiz', skill);
    this.message = `The skill “${skill}” has no quiz.`;
  }
}

/** 409: the first answer to a question stands. */
export class AlreadyAnswered extends Conflict {
  constructor() {
    super('already_answered', 'This question was already answered, perhaps in another tab.');
  }
}
