import { clock } from '@/server/platform/clock';
import { db, type Tx } from '@/server/platform/db';
import { remembered } from '@/server/platform/remembered';
import { UnknownSkill } from './errors';

/** The names of all skills, sorted; cached for up to 30 seconds. */
export const knownSkills = remembered({
  name: 'workers.skills',
  read: async (): Promise<readonly string[]> => {
    const rows = await db.skill.findMany({ orderBy: { name: 'asc' } });
    return rows.map(({ name }) => name);
  },
  freshMs: 30_000,
});

/**
 * Rejects unknown skills. Re-reads the list once before rejecting, because the cache may be stale.
 * @throws UnknownSkill 422, with the unknown and the known skills in `details`.
 */
export async function assertSkillsKnown(skills: readonly string[]): Promise<void> {
  if (skills.length === 0) return;
  const among = (names: readonly string[]) => skills.filter((skill) => !names.includes(skill));
  if (among(await knownSkills()).length === 0) return;
  knownSkills.forget();
  const names = await knownSkills();
  const unknown = among(names);
  if (unknown.length > 0) throw new UnknownSkill(unknown, names);
}

/** Adds skills, or updates their descriptions. */
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
