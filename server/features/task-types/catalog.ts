import { z } from 'zod';
import contentReview from '@/server/catalog/content-review.json' with { type: 'json' };
import documentVerification from '@/server/catalog/document-verification.json' with {
  type: 'json',
};
import imageModeration from '@/server/catalog/image-moderation.json' with { type: 'json' };
import pictures from '@/server/catalog/pictures.json' with { type: 'json' };
import refundEligibility from '@/server/catalog/refund-eligibility.json' with { type: 'json' };
import sentimentAnalysis from '@/server/catalog/sentiment-analysis.json' with { type: 'json' };
import skills from '@/server/catalog/skills.json' with { type: 'json' };
import translationReview from '@/server/catalog/translation-review.json' with { type: 'json' };
import { Redundancy, RiskTier, Rule } from './schema';

const svgByName = new Map(Object.entries(pictures));
const JsonObject = z.record(z.string(), z.unknown());

/**
 * A payload whose `image_url` is `picture:NAME` gets that drawing of `pictures.json` as a data URI:
 * it needs no other host, and workers learn moderation without seeing real harm.
 */
const Payload = JsonObject.transform((payload, ctx) => {
  const name = /^picture:(.+)$/.exec(String(payload.image_url))?.[1];
  if (!name) return payload;
  const svg = svgByName.get(name);
  if (!svg) {
    ctx.addIssue({ code: 'custom', message: `pictures.json has no picture named ${name}` });
    return z.NEVER;
  }
  const base64 = Buffer.from(svg).toString('base64');
  return { ...payload, image_url: `data:image/svg+xml;base64,${base64}` };
});

/** A task with a known answer. */
const CatalogGold = z.strictObject({
  /** Unique within the type and never changed: the gold's id is derived from it. */
  slug: z.string(),
  payload: Payload,
  /** A complete answer that satisfies the type's schema and rules. */
  expected: JsonObject,
  /** Shown to the worker after the answer. */
  explanation: z.string(),
});

const CatalogEntry = z.strictObject({
  type: z.string(),
  title: z.string(),
  description: z.string(),
  /** Markdown, one item per line. */
  instructions: z.array(z.string()).transform((lines) => lines.join('\n')),
  /** Description of the skill named after the type. */
  skill: z.string(),
  payoutSats: z.int(),
  slaSeconds: z.int(),
  riskTier: RiskTier.optional(),
  redundancy: Redundancy.optional(),
  outputSchema: JsonObject,
  rules: z.array(Rule),
  /** Shown to new workers with its answer; neither a gold nor a quiz question. */
  practice: CatalogGold,
  /** Mixed into the queue. */
  golds: z.array(CatalogGold),
  /** Asked only in the quiz for the skill. */
  quiz: z.array(CatalogGold),
});
export type CatalogEntry = z.infer<typeof CatalogEntry>;

/** The built-in task types. Their data is in `server/catalog`; this is the only reader. */
export const catalog: readonly CatalogEntry[] = z
  .array(CatalogEntry)
  .parse([
    contentReview,
    refundEligibility,
    documentVerification,
    sentimentAnalysis,
    imageModeration,
    translationReview,
  ]);

/** Skills for customers' own types, in addition to those named after the built-in types. */
export const generalSkills = z
  .array(z.strictObject({ name: z.string(), description: z.string() }))
  .parse(skills);
