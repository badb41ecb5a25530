import type { TaskTypeVersion as VersionRow } from '@/prisma/generated/client';
import { findActorNames } from '@/server/features/organizations';
import type { Actor } from '@/server/platform/actor';
import { db } from '@/server/platform/db';
import { NotFound } from '@/server/platform/errors';
import { visibleTo } from './access';
import { getTaskType } from './queries';
import type { PutTaskType } from './schema';
import type { TaskTypeVersion, TaskTypeVersionSummary } from './versions-schema';

const VERSIONS_SHOWN_MAX = 200;

/**
 * The versions an organization saved of a type, newest first; also if it was deleted.
 * @throws NotFound if it saved none and there is no built-in type.
 */
export async function listTaskTypeVersions(
  actor: Actor,
  type: string,
): Promise<TaskTypeVersionSummary[]> {
  const own = { ...ownVersions(actor), type };
  const [rows, current] = await Promise.all([
    db.taskTypeVersion.findMany({
      where: own,
      orderBy: { version: 'desc' },
      take: VERSIONS_SHOWN_MAX,
      omit: { saved: true },
    }),
    currentVersion(actor, type),
  ]);
  if (rows.length === 0) await getTaskType(actor, type);
  const nameOf = await namesOf(rows);
  return rows.map((row) => summaryOf(row, nameOf, current));
}

/**
 * One version with its content.
 * @throws NotFound
 */
export async function getTaskTypeVersion(
  actor: Actor,
  type: string,
  version: number,
): Promise<TaskTypeVersion> {
  const row = await db.taskTypeVersion.findFirst({
    where: { ...ownVersions(actor), type, version },
  });
  if (!row) throw new NotFound('version', `${type} ${version}`);
  const [nameOf, current] = await Promise.all([namesOf([row]), currentVersion(actor, type)]);
  return { ...summaryOf(row, nameOf, current), saved: row.saved as PutTaskType };
}

function ownVersions(actor: Actor) {
  const { organizationId, mode } = visibleTo(actor) as { organizationId: string; mode: 'live' };
  return { organizationId, mode };
}

async function currentVersion(actor: Actor, type: string): Promise<number | null> {
  const row = await db.taskType.findFirst({
    where: { AND: [visibleTo(actor), { type }] },
    select: { version: true },
  });
  return row?.version ?? null;
}

type NameOf = (label: string) => string;

async function namesOf(rows: readonly Pick<VersionRow, 'savedBy'>[]): Promise<NameOf> {
  const names = await findActorNames(rows.map(({ savedBy }) => savedBy));
  return (label) => {
    const [kind] = label.split(':');
    if (kind === 'member') return names.get(label) ?? 'A former member';
    return kind === 'key' ? 'API key' : 'HumanRail';
  };
}

function summaryOf(
  row: Pick<VersionRow, 'version' | 'savedBy' | 'createdAt'>,
  nameOf: NameOf,
  current: number | null,
): TaskTypeVersionSummary {
  return {
    version: row.version,
    savedBy: nameOf(row.savedBy),
    savedAt: row.createdAt,
    current: row.version === current,
  };
}
