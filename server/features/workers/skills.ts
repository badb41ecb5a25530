import { clock, wallClock } from '@/server/platform/clock';
import { db, pool, type Tx } from '@/server/platform/db';
import { processWide } from '@/server/platform/process-wide';
import { UnknownSkill } from './errors';

const FRESH_MS_MAX = 30_000;

interface SkillCache {
  names: readonly string[];
  readAtMs: number;
  /** The connections it was read by; other ones may lead to another database. */
  readBy: ReturnType<typeof pool> | null;
}

function cache(): SkillCache {
  return processWide('workers.skills', () => ({
    names: [],
    readAtMs: Number.NEGATIVE_INFINITY,
    readBy: null,
  }));
}

async function readSkills(): Promise<readonly string[]> {
  const known = cache();
  const readAtMs = wallClock.nowMs();
  const rows = await db.skill.findMany({ orderBy: { name: 'asc' } });
  known.names = rows.map(({ name }) => name);
  known.readAtMs = readAtMs;
  known.readBy = pool();
  return known.names;
}

/** The names of all skills, in order; up to half a minute old. */
export async function knownSkills(): Promise<readonly string[]> {
  const { names, readAtMs, readBy } = cache();
  const ageMs = wallClock.nowMs() - readAtMs;
  const isFresh = readBy === pool() && ageMs >= 0 && ageMs < FRESH_MS_MAX;
  return isFresh ? names : readSkills();
}

/**
 * Refuses skills that do not exist. A name that seems unknown is looked for anew first, since it
 * may have been added a moment ago.
 * @throws UnknownSkill 422, with what is unknown and what there is in `details`.
 */
export async function assertSkillsKnown(skills: readonly string[]): Promise<void> {
  if (skills.length === 0) return;
  const among = (names: readonly string[]) => skills.filter((skill) => !names.includes(skill));
  if (among(await knownSkills()).length === 0) return;
  const names = await readSkills();
  const unknown = among(names);
  if (unknown.length > 0) throw new UnknownSkill(unknown, names);
}

/** Adds skills, or gives known ones another description. */
export async function saveSkills(
  tx: Tx,
  skills: readonly { name: string; description: string }[],
): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO skills (name, description, created_at)
    SELECT name, description, ${clock.now()}
      FROM unnest(${skills.map(({ name }) => name)}::text[],
                  ${skills.map(({ description }) => description)}::text[]) AS s(name, description)
        ON CONFLICT (name) DO UPDATE SET description = excluded.description
     WHERE skills.description <> excluded.description`;
}
