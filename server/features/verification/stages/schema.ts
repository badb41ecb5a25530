/**
 * Stage 1: the answer matches the output schema. Forms are validated on submission, so this catches
 * answers that arrived another way.
 */
import type { Stage } from '../stage';

const ERRORS_SHOWN = 5;

export const schemaStage: Stage = {
  name: 'schema',
  applies: () => true,
  run(ctx) {
    const check = ctx.validateOutput(ctx.answer.output);
    if (check.ok) return { stage: 'schema', verdict: 'pass', score: 1 };
    const shown = check.errors.slice(0, ERRORS_SHOWN);
    const list = shown.map(({ pointer, message }) => `${pointer || '/'} ${message}`).join('; ');
    return {
      stage: 'schema',
      verdict: 'reject',
      score: 0,
      reason: { code: 'schema_mismatch', message: `The answer does not match the form: ${list}.` },
      details: { errors: shown.map(({ pointer, message }) => ({ pointer, message })) },
    };
  },
};
