import { audit } from '@/server/features/organizations';
import { assertManagesTaskTypes, resolveTaskType } from '@/server/features/task-types';
import type { Actor, OrganizationActor } from '@/server/platform/actor';
import { clock } from '@/server/platform/clock';
import { canonicalJson } from '@/server/platform/crypto';
import { db, type Tx, transaction } from '@/server/platform/db';
import { type FieldFault, InvalidRequest } from '@/server/platform/errors';
import { newId } from '@/server/platform/ids';
import { jsonColumn } from '@/server/platform/json-column';
import { DEFAULT_OUTPUT_SCHEMA, validateOutput } from '@/server/platform/json-schema';
import { visibleTo } from './access';
import { readGoldFile } from './read-gold-file';
import { AddGold, type GoldContent, GoldFile, type GoldRow, IMPORT_ROWS_MAX } from './schema';

/**
 * Adds one gold to the organization.
 * @throws InvalidRequest 400 if the known answer does not satisfy the type's schema, or the payload
 * is already a gold; OutputsTooLarge 413; Forbidden
 */
export async function addGold(actor: Actor, input: AddGold): Promise<{ id: string }> {
  const manager = assertManagesTaskTypes(actor);
  const { type, ...content } = AddGold.parse(input);
  const check = await checkerFor(manager, type);
  const fault = await check(content);
  if (fault) throw InvalidRequest.fromFaults([{ ...fault, code: 'invalid_field' }]);
  const [id = ''] = await transaction((tx) => insertGolds(tx, manager, type, [content]));
  return { id };
}

/** Previews the import of a file row by row, without writing. */
export async function checkGoldFile(actor: Actor, input: GoldFile): Promise<GoldRow[]> {
  return readRows(assertManagesTaskTypes(actor), GoldFile.parse(input));
}

/**
 * Imports all golds of a file, or none.
 * @throws InvalidRequest 400 with every row's error; Forbidden
 */
export async function importGolds(actor: Actor, input: GoldFile): Promise<{ imported: number }> {
  const manager = assertManagesTaskTypes(actor);
  const file = GoldFile.parse(input);
  const rows = await readRows(manager, file);
  const faults = rows.flatMap(({ line, fault }): FieldFault[] =>
    fault
      ? [{ param: `line ${line}`, code: 'invalid_field', message: `Line ${line}: ${fault}` }]
      : [],
  );
  if (faults.length > 0) throw InvalidRequest.fromFaults(faults);
  const contents = rows.flatMap(({ content }) => (content ? [content] : []));
  await transaction((tx) => insertGolds(tx, manager, file.type, contents));
  return { imported: contents.length };
}

async function readRows(actor: OrganizationActor, file: GoldFile): Promise<GoldRow[]> {
  const schema = await schemaOf(actor, file.type);
  const rows = readGoldFile(file, schema);
  if (rows.length === 0) return [{ line: 1, content: null, fault: 'The file contains no golds.' }];
  if (rows.length > IMPORT_ROWS_MAX) {
    const fault = `A file may contain at most ${IMPORT_ROWS_MAX} golds; this one contains ${rows.length}.`;
    return [{ line: 1, content: null, fault }];
  }
  const check = await checkerFor(actor, file.type);
  const seen = new Map<string, number>();
  const checked: GoldRow[] = [];
  for (const row of rows) {
    if (!row.content) {
      checked.push(row);
      continue;
    }
    const key = canonicalJson(row.content.payload);
    const former = seen.get(key);
    seen.set(key, former ?? row.line);
    const fault = former
      ? `It has the same payload as line ${former}.`
      : ((await check(row.content))?.message ?? null);
    checked.push(fault ? { line: row.line, content: null, fault } : row);
  }
  return checked;
}

async function schemaOf(actor: OrganizationActor, type: string): Promise<Record<string, unknown>> {
  const { organizationId, mode } = actor;
  const saved = await resolveTaskType({ organizationId, mode, type });
  return saved?.outputSchema ?? { ...DEFAULT_OUTPUT_SCHEMA };
}

/** Returns a checker that tells why a content cannot be a gold of the type, or null if it can. */
export async function checkerFor(
  actor: OrganizationActor,
  type: string,
): Promise<(content: GoldContent) => Promise<{ param: string; message: string } | null>> {
  const schema = await schemaOf(actor, type);
  const golds = await db.gold.findMany({
    where: { ...visibleTo(actor), type, retiredAt: null },
    select: { payload: true },
  });
  const known = new Set(golds.map(({ payload }) => canonicalJson(payload)));
  return async ({ payload, expected_output: expected }) => {
    const checked = await validateOutput(schema, expected, 'expected_output');
    if (!checked.ok) {
      const [first] = checked.errors;
      const place = first?.pointer ? ` at ${first.pointer}` : '';
      return {
        param: 'expected_output',
        message: `The known answer does not satisfy the schema${place}: ${first?.message}.`,
      };
    }
    return known.has(canonicalJson(payload))
      ? { param: 'payload', message: 'This payload is already a gold.' }
      : null;
  };
}

/** Inserts checked golds. @returns their IDs. */
export async function insertGolds(
  tx: Tx,
  actor: OrganizationActor,
  type: string,
  contents: readonly GoldContent[],
): Promise<string[]> {
  const { organizationId, mode } = actor;
  const rows = contents.map((content) => ({
    id: newId(),
    organizationId,
    mode,
    type,
    payload: jsonColumn(content.payload),
    expectedOutput: jsonColumn(content.expected_output),
    explanation: content.explanation,
    quiz: content.quiz,
    createdAt: clock.now(),
  }));
  await tx.gold.createMany({ data: rows });
  await audit(tx, actor, 'gold.added', `task_type:${type}`, { type, count: rows.length });
  return rows.map(({ id }) => id);
}
