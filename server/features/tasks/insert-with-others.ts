import { hotQuery } from '@/server/platform/db';
import { isLarge } from '@/server/platform/is-large';
import { LruCache } from '@/server/platform/lru-cache';
import { together } from '@/server/platform/together';
import { type InsertedTasks, type Insertion, insertTasks } from './insert-task';
import type { Task } from './schema';

interface Inserted extends Pick<InsertedTasks, 'refusal'> {
  /** Undefined if its idempotency key was used, or it was rejected. */
  task: Task | undefined;
}

/** Known organizations; an evicted one starts over, alongside its running statement. */
const KNOWN_MAX = 1_000;
const inserters = new LruCache<(insertion: Insertion) => Promise<Inserted>>(KNOWN_MAX);

/**
 * Inserts a task, batched with others that its organization requests while its previous statement
 * is running. Creates of one organization are serialized by its balance's lock, so that many
 * concurrent ones would otherwise be slow.
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
  // Individually, each gets its own hold or its own error.
  if (refusal && others.length > 0) throw new Error('The balance does not cover all of these.');
  return insertions.map(({ draft }) => ({ refusal, task: created.get(draft.id) }));
}
