import { saveSkills } from '@/server/features/workers';
import { clock } from '@/server/platform/clock';
import { sha256Hex } from '@/server/platform/crypto';
import { type Tx, transaction } from '@/server/platform/db';
import { type CatalogEntry, catalog, generalSkills } from './catalog';

/**
 * A deterministic ID that is the same on every instance and lower than all generated IDs, so that
 * built-in items come last in lists.
 */
function shippedId(name: string): string {
  return `00000000-0000-7000-8000-${sha256Hex(name).slice(0, 12)}`;
}

/**
 * Writes the built-in task types, golds and skills of this version to the database; runs at every
 * start, concurrently safe. Organizations' own types and recorded answers are not touched.
 */
export async function syncCatalog(): Promise<void> {
  await transaction(async (tx) => {
    // Serialized, because concurrent upserts in different order could deadlock.
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended('task_types.catalog', 0))`;
    await saveSkills(tx, [
      ...generalSkills,
      ...catalog.map(({ type, skill }) => ({ name: type, description: skill })),
    ]);
    await saveShippedTypes(tx, catalog);
    await saveShippedGolds(tx, catalog);
  });
}

async function saveShippedTypes(tx: Tx, entries: readonly CatalogEntry[]): Promise<void> {
  const rows = entries.map((entry) => ({
    id: shippedId(`task_type ${entry.type}`),
    type: entry.type,
    title: entry.title,
    description: entry.description,
    instructions: entry.instructions,
    output_schema: entry.outputSchema,
    rules: entry.rules,
    redundancy: entry.redundancy ?? {},
    payout_sats: entry.payoutSats,
    sla_seconds: entry.slaSeconds,
    risk_tier: entry.riskTier ?? null,
    skills_required: [entry.type],
  }));
  const now = clock.now();
  await tx.$executeRaw`
    INSERT INTO task_types AS t (id, type, title, description, instructions, output_schema, rules,
           redundancy, payout_sats, sla_seconds, risk_tier, skills_required, created_at, updated_at)
    SELECT id, type, title, description, instructions, output_schema, rules,
           redundancy, payout_sats, sla_seconds, risk_tier, skills_required, ${now}, ${now}
      FROM json_to_recordset(${JSON.stringify(rows)}::json)
        AS r(id uuid, type text, title text, description text, instructions text,
             output_schema json, rules json, redundancy jsonb, payout_sats bigint,
             sla_seconds int, risk_tier risk_tier, skills_required text[])
        ON CONFLICT (id) DO UPDATE SET
           (title, description, instructions, output_schema, rules, redundancy, payout_sats,
            sla_seconds, risk_tier, skills_required, updated_at, version) =
           (excluded.title, excluded.description, excluded.instructions, excluded.output_schema,
            excluded.rules, excluded.redundancy, excluded.payout_sats, excluded.sla_seconds,
            excluded.risk_tier, excluded.skills_required, excluded.updated_at, t.version + 1)
     WHERE (t.title, t.description, t.instructions, t.output_schema::text, t.rules::text, t.redundancy,
            t.payout_sats, t.sla_seconds, t.risk_tier, t.skills_required)
           IS DISTINCT FROM
           (excluded.title, excluded.description, excluded.instructions,
            excluded.output_schema::text, excluded.rules::text, excluded.redundancy,
            excluded.payout_sats, excluded.sla_seconds, excluded.risk_tier,
            excluded.skills_required)`;
}

async function saveShippedGolds(tx: Tx, entries: readonly CatalogEntry[]): Promise<void> {
  const rows = entries.flatMap((entry) =>
    [
      ...entry.golds.map((each) => ({ ...each, quiz: false })),
      ...entry.quiz.map((each) => ({ ...each, quiz: true })),
    ].map((each) => ({
      id: shippedId(`gold ${entry.type} ${each.slug}`),
      type: entry.type,
      payload: each.payload,
      expected_output: each.expected,
      explanation: each.explanation,
      quiz: each.quiz,
    })),
  );
  const now = clock.now();
  await tx.$executeRaw`
    INSERT INTO golds AS g (id, type, payload, expected_output, explanation, quiz, created_at)
    SELECT id, type, payload, expected_output, explanation, quiz, ${now}
      FROM json_to_recordset(${JSON.stringify(rows)}::json)
        AS r(id uuid, type text, payload json, expected_output json, explanation text, quiz boolean)
        ON CONFLICT (id) DO UPDATE SET
           (payload, expected_output, explanation, quiz) =
           (excluded.payload, excluded.expected_output, excluded.explanation, excluded.quiz)
     WHERE (g.payload::text, g.expected_output::text, g.explanation, g.quiz) IS DISTINCT FROM
           (excluded.payload::text, excluded.expected_output::text, excluded.explanation,
            excluded.quiz)`;
  // Golds removed from the catalogue are retired; their past answers are kept.
  await tx.gold.updateMany({
    where: { organizationId: null, retiredAt: null, id: { notIn: rows.map(({ id }) => id) } },
    data: { retiredAt: now },
  });
}
