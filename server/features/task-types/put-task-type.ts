import { Prisma, type TaskType as TaskTypeRow } from '@/prisma/generated/client';
import { audit } from '@/server/features/organizations';
import { assertSkillsKnown } from '@/server/features/workers';
import { type Actor, actorLabel, type OrganizationActor } from '@/server/platform/actor';
import { clock } from '@/server/platform/clock';
import { canonicalJson } from '@/server/platform/crypto';
import { type Tx, transaction } from '@/server/platform/db';
import { type FieldFault, InvalidRequest } from '@/server/platform/errors';
import { newId } from '@/server/platform/ids';
import { jsonColumn } from '@/server/platform/json-column';
import { checkOutputSchema } from '@/server/platform/json-schema';
import { assertPublicUrl } from '@/server/platform/outbound-http';
import { assertManagesTaskTypes } from './access';
import { faultsOfRules } from './check-rules';
import { TaskTypeChanged } from './errors';
import { renderTaskType, savedPartOf } from './render';
import { resolveTaskType } from './resolve-task-type';
import { INSTRUCTIONS_BYTES_MAX, PutTaskType, type TaskType, TypeName } from './schema';

/**
 * Replaces a type's defaults for the actor's organization and mode: omitted fields are unset. Each
 * change creates a new version; saving the same content is idempotent. Existing tasks keep their
 * own schema and price.
 * @throws InvalidRequest 400 with every fault, InvalidOutputSchema 422, UnknownSkill 422,
 * Forbidden; TaskTypeChanged 409 if `expected_version` is not the latest
 */
export async function putTaskType(
  actor: Actor,
  type: string,
  input: PutTaskType,
): Promise<TaskType> {
  const manager = assertManagesTaskTypes(actor);
  const name = { ...manager, type: TypeName.parse(type) };
  const given = PutTaskType.parse(input);
  assertConsistent(given, manager);
  if (given.check_url) assertPublicUrl(given.check_url, { mode: manager.mode, param: 'check_url' });
  if (given.output_schema) await checkOutputSchema(given.output_schema);
  const fields = fieldsOf(type, given);
  await assertSkillsKnown(fields.skillsRequired);
  const row = await transaction((tx) =>
    saveType(tx, manager, { type, fields, expectedVersion: given.expected_version }),
  );
  resolveTaskType.forget(name);
  return renderTaskType(row);
}

const LIVE_GOLD_RATE_MAX = 0.5;

/** Constraints between fields that the schema cannot express. */
function assertConsistent(given: PutTaskType, { mode }: OrganizationActor): void {
  const faults: FieldFault[] = faultsOfRules(given.rules ?? []);
  const { min_votes: min = 1, max_votes: max = 25 } = given.redundancy ?? {};
  if (max < min) {
    faults.push({
      param: 'redundancy.max_votes',
      code: 'invalid_field',
      message: `max_votes (${max}) must be at least min_votes (${min}).`,
    });
  }
  if (mode === 'live' && (given.gold_rate ?? 0) > LIVE_GOLD_RATE_MAX) {
    faults.push({
      param: 'gold_rate',
      code: 'invalid_field',
      message: `gold_rate may be at most ${LIVE_GOLD_RATE_MAX} in live mode, because golds are paid too.`,
    });
  }
  const bytes = Buffer.byteLength(given.instructions ?? '');
  if (bytes > INSTRUCTIONS_BYTES_MAX) {
    faults.push({
      param: 'instructions',
      code: 'invalid_field',
      message: `instructions may be at most ${INSTRUCTIONS_BYTES_MAX} bytes; these are ${bytes}.`,
    });
  }
  if (faults.length > 0) throw InvalidRequest.fromFaults(faults);
}

function fieldsOf(type: string, given: PutTaskType) {
  return {
    title: given.title ?? type,
    description: given.description ?? '',
    instructions: given.instructions ?? '',
    outputSchema: given.output_schema ?? null,
    payloadUi: given.payload_ui ?? {},
    rules: given.rules ?? [],
    redundancy: given.redundancy ?? {},
    goldRate: given.gold_rate ?? null,
    payoutSats: given.payout_sats == null ? null : BigInt(given.payout_sats),
    slaSeconds: given.sla_seconds ?? null,
    riskTier: given.risk_tier ?? null,
    skillsRequired: [...new Set(given.skills_required ?? [])],
    pool: given.pool ?? ('public' as const),
    policy: given.policy ?? {},
    checkUrl: given.check_url ?? null,
    agentVotes: given.agent_votes ?? false,
  };
}

type Fields = ReturnType<typeof fieldsOf>;

async function saveType(
  tx: Tx,
  actor: OrganizationActor,
  save: { type: string; fields: Fields; expectedVersion: number | undefined },
): Promise<TaskTypeRow> {
  const { type, fields, expectedVersion } = save;
  const { organizationId, mode } = actor;
  // Serializes concurrent saves, so that the second one is compared with the first.
  await tx.$executeRaw`
    SELECT pg_advisory_xact_lock(hashtextextended(${`task_type ${organizationId} ${mode} ${type}`}, 0))`;
  const former = await tx.taskType.findUnique({
    where: { organizationId_mode_type: { organizationId, mode, type } },
  });
  const version = former?.version ?? 0;
  if (expectedVersion !== undefined && expectedVersion !== version) {
    throw new TaskTypeChanged(type, version);
  }
  if (former && sameFields(former, fields)) return former;
  const now = clock.now();
  const data = {
    ...fields,
    outputSchema: fields.outputSchema ? jsonColumn(fields.outputSchema) : Prisma.DbNull,
    rules: jsonColumn(fields.rules),
    updatedAt: now,
  };
  const row = former
    ? await tx.taskType.update({
        where: { id: former.id },
        data: { ...data, version: { increment: 1 } },
      })
    : await tx.taskType.create({
        data: {
          ...data,
          id: newId(),
          organizationId,
          mode,
          type,
          version: (await lastVersion(tx, { organizationId, mode, type })) + 1,
          createdAt: now,
        },
      });
  await keepVersion(tx, actor, row);
  await audit(tx, actor, 'task_type.saved', `task_type:${row.id}`, { type, version: row.version });
  return row;
}

/** The highest version a type ever had, so that a recreated type continues counting. */
async function lastVersion(
  tx: Tx,
  where: Pick<OrganizationActor, 'organizationId' | 'mode'> & { type: string },
): Promise<number> {
  const { _max } = await tx.taskTypeVersion.aggregate({ where, _max: { version: true } });
  return _max.version ?? 0;
}

async function keepVersion(tx: Tx, actor: OrganizationActor, row: TaskTypeRow): Promise<void> {
  await tx.taskTypeVersion.create({
    data: {
      id: newId(),
      organizationId: actor.organizationId,
      mode: actor.mode,
      type: row.type,
      version: row.version,
      saved: jsonColumn(savedPartOf(renderTaskType(row))),
      savedBy: actorLabel(actor),
      createdAt: clock.now(),
    },
  });
}

/** The order of a schema's fields is the form's order, so reordering is a change. */
function sameFields(row: TaskTypeRow, fields: Fields): boolean {
  const comparable = ({ outputSchema, rules, ...rest }: Pick<TaskTypeRow, keyof Fields>) =>
    JSON.stringify([
      outputSchema,
      rules,
      canonicalJson({ ...rest, payoutSats: rest.payoutSats?.toString() ?? null }),
    ]);
  const former = Object.fromEntries(
    Object.keys(fields).map((key) => [key, row[key as keyof Fields]]),
  ) as Pick<TaskTypeRow, keyof Fields>;
  return comparable(former) === comparable(fields as Pick<TaskTypeRow, keyof Fields>);
}
