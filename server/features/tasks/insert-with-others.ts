import { hotQuery } from '@/server/platform/db';
import { isLarge } from '@/server/platform/is-large';
import { LruCache } from '@/server/platform/lru-cache';
import { together } from '@/server/platform/together';
import { type InsertedTasks, type Insertion, insertTasks } from './insert-task';
import type { Task } from './schema';

interface Inserted extends Pick<InsertedTasks, 'refusal'> {
  /** Undefined where its idempotency key is taken, or it was refused. */
  task: Task | undefined;
}

/** Organizations that are known to create; who is forgotten begins anew, beside what is under way. */
const KNOWN_MAX = 1_000;
const inserters = new LruCache<(insertion: Insertion) => Promise<Inserted>>(KNOWN_MAX);

/**
 * Inserts a task by itself, or with those that its organization asks for while its last statement is under
 * way. Every create waits for the balance of its organization until the one before has committed, so that many
 * at once would otherwise be done one by one.
 */
export function insertWithOthers(insertion: Insertion): Promise<Inserted> {
  const { organizationId, mode } = insertion.draft;
  const key = `${organizationId} ${mode}`;
  const known = inserters.get(key);
  if (known) return known(insertion);
  const insert = together(insertAll, { atOnce: 1, alone: ({ draft }) => isLarge(draft) });
  inserters.set(key, insert);
  return insert(insertion);
}

async function insertAll(insertions: readonly Insertion[]): Promise<Inserted[]> {
  const [first, ...others] = insertions;
  if (!first) return [];
  const { refusal, created } = await insertTasks(hotQuery, [first, ...others]);
  // Alone, each gets what there is for it, or an answer of its own.
  if (refusal && others.length > 0) throw new Error('What these need together is not covered.');
  return insertions.map(({ draft }) => ({ refusal, task: created.get(draft.id) }));
}
