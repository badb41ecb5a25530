import jsonLogic, { type RulesLogic } from 'json-logic-js';
import { describe, expect, it } from 'vitest';
import { policyFor } from '@/server/features/verification/policy';
import {
  checkOutputSchema,
  compileOutputValidator,
  normaliseSchema,
} from '@/server/platform/json-schema';
import { catalog, generalSkills } from './catalog';
import { faultsOfRules } from './check-rules';
import { PutTaskType, TypeName } from './schema';

/** The IDs of the rules that an answer breaks. */
function broken(entry: (typeof catalog)[number], output: unknown, payload: object = {}): string[] {
  const data = { payload, output };
  const holds = (logic: unknown) =>
    jsonLogic.truthy(jsonLogic.apply(logic as RulesLogic, data)) as boolean;
  return entry.rules
    .filter((rule) => (rule.when === undefined || holds(rule.when)) && !holds(rule.require))
    .map(({ id }) => id);
}

describe('the shipped task types', () => {
  it('are the six of the contract', () => {
    expect(catalog.map(({ type }) => type)).toEqual([
      'content_review',
      'refund_eligibility',
      'document_verification',
      'sentiment_analysis',
      'image_moderation',
      'translation_review',
    ]);
  });

  it('share no skill name with the general ones', () => {
    const names = [...generalSkills.map(({ name }) => name), ...catalog.map(({ type }) => type)];
    expect(new Set(names).size).toBe(names.length);
  });

  describe.each(catalog.map((entry) => [entry.type, entry] as const))('%s', (_type, entry) => {
    const validate = compileOutputValidator(entry.outputSchema);

    it('could have been saved by a customer', () => {
      expect(TypeName.safeParse(entry.type).success).toBe(true);
      const saved = PutTaskType.safeParse({
        title: entry.title,
        description: entry.description,
        instructions: entry.instructions,
        output_schema: entry.outputSchema,
        rules: entry.rules,
        payout_sats: entry.payoutSats,
        sla_seconds: entry.slaSeconds,
        skills_required: [entry.type],
      });
      expect(saved.error?.issues).toBeUndefined();
      expect(() => checkOutputSchema(entry.outputSchema)).not.toThrow();
      expect(faultsOfRules(entry.rules)).toEqual([]);
    });

    it('has one to three rules, ten golds and ten quiz golds at least, each named once', () => {
      expect(entry.rules.length).toBeGreaterThanOrEqual(1);
      expect(entry.rules.length).toBeLessThanOrEqual(3);
      expect(entry.golds.length).toBeGreaterThanOrEqual(10);
      // Twice the questions of a quiz, so that a second attempt asks different ones.
      expect(entry.quiz.length).toBeGreaterThanOrEqual(10);
      const slugs = [...entry.golds, ...entry.quiz, entry.practice].map(({ slug }) => slug);
      expect(new Set(slugs).size).toBe(slugs.length);
    });

    it('knows golds whose answers its schema and rules accept', () => {
      for (const { slug, expected, payload } of [...entry.golds, ...entry.quiz, entry.practice]) {
        expect({ slug, check: validate(expected) }).toEqual({ slug, check: { ok: true } });
        expect({ slug, broken: broken(entry, expected, payload) }).toEqual({ slug, broken: [] });
      }
    });

    it('shows newcomers nothing that is a gold', () => {
      const asked = [...entry.golds, ...entry.quiz].map(({ payload }) => JSON.stringify(payload));
      expect(new Set(asked).size).toBe(asked.length);
      expect(asked).not.toContain(JSON.stringify(entry.practice.payload));
    });

    it('gives examples of whole answers that its schema and rules accept', () => {
      const { examples } = normaliseSchema(entry.outputSchema) as { examples?: unknown[] };
      expect(examples?.length).toBeGreaterThanOrEqual(3);
      for (const example of examples ?? []) {
        expect(validate(example)).toEqual({ ok: true });
        expect(broken(entry, example)).toEqual([]);
      }
    });

    it('keeps the texts of its examples too short for the check on copied answers', () => {
      // Simulated workers answer with these, and must not look like copyists.
      const compared = policyFor('medium').anomaly.minTextChars;
      const { examples } = entry.outputSchema as { examples: Record<string, unknown>[] };
      for (const { notes, explanation, better_translation } of examples) {
        for (const text of [notes, explanation, better_translation]) {
          expect(String(text ?? '').length).toBeLessThan(compared);
        }
      }
    });

    it('has golds for more than one answer, so that one habit does not pass', () => {
      const [decisive] = Object.keys(entry.outputSchema.properties as object);
      for (const set of [entry.golds, entry.quiz]) {
        const answers = set.map(({ expected }) => expected[String(decisive)]);
        expect(new Set(answers).size).toBeGreaterThanOrEqual(3);
      }
    });

    it('lets each rule be broken, so that none is idle', () => {
      const reached = new Set(BREAKING[entry.type]?.flatMap((output) => broken(entry, output)));
      expect([...reached].sort()).toEqual(entry.rules.map(({ id }) => id).sort());
    });

    it('leaves answers to a customer’s own schema alone', () => {
      for (const output of [
        { verdict: 'uncertain' },
        { verdict: 'policy_violation' },
        { verdict: 'safe' },
        { decision: 'deny' },
        { sentiment: 'happy', intent: 'praise' },
        { result: 'invalid' },
        { accuracy: 'wrong' },
        { answer: 'yes' },
      ]) {
        expect(broken(entry, output)).toEqual([]);
      }
    });
  });
});

/** Answers that together break every rule of a type. */
const BREAKING: Record<string, unknown[]> = {
  content_review: [
    { verdict: 'policy_violation', policy_areas: [] },
    { verdict: 'genuine', policy_areas: ['spam'] },
    { verdict: 'uncertain', policy_areas: [], notes: 'not sure' },
  ],
  refund_eligibility: [
    { decision: 'approve', refund_percent: 50, explanation: 'Because it is in time.' },
    { decision: 'deny', refund_percent: 0, explanation: 'No, sorry.' },
  ],
  document_verification: [
    { result: 'valid', problems: ['expired'] },
    { result: 'invalid', problems: [] },
  ],
  sentiment_analysis: [
    { sentiment: 'negative', intent: 'praise', urgent: false },
    { sentiment: 'positive', intent: 'praise', urgent: true },
  ],
  image_moderation: [
    { verdict: 'safe', severity: 'mild' },
    { verdict: 'violent', severity: 'none' },
  ],
  translation_review: [
    { accuracy: 'wrong', fit: 'natural', errors: ['meaning'] },
    { accuracy: 'minor_errors', fit: 'natural', errors: [] },
  ],
};
