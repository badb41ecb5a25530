import type { Mode } from '@/server/platform/actor';
import { clock } from '@/server/platform/clock';
import { Prisma, type Tx } from '@/server/platform/db';
import { newId } from '@/server/platform/ids';
import { togetherIn } from '@/server/platform/together';
import { type AccountRef, openAll } from './open-accounts';
import { type SpendMove, spendSteps } from './spend-counters';

/** Why money moved; unique together with the reference. */
export type PostingKind =
  | 'deposit'
  | 'credit'
  | 'credit_reversal'
  | 'hold'
  | 'charge'
  | 'release'
  | 'back_pay'
  | 're_vote'
  | 'adjustment'
  | 'adjustment_reversal'
  | 'payout_reserve'
  | 'payout_settle'
  | 'payout_return'
  | 'refund_reserve'
  | 'refund_settle'
  | 'refund_return'
  | 'rail_test';

/** One side of a posting; positive amounts increase the account's balance. */
export interface Move extends AccountRef {
  amountSats: bigint;
}

export interface PostingDraft {
  mode: Mode;
  kind: PostingKind;
  /** What it is about, such as `task:<id>`; unique together with the kind. */
  reference: string;
  moves: readonly Move[];
  /** Its change to the daily spending counters, if any. */
  spending?: SpendMove;
}

/** A posting with its timestamp and ID, its moves merged and balanced. */
export interface Posting extends PostingDraft {
  id: string;
  at: Date;
}

/**
 * Prepares a posting at the current time, with a new ID, for statements that make several.
 * @throws Error if the moves do not sum to zero.
 */
export function preparePosting(draft: PostingDraft): Posting {
  return { ...draft, id: newId(), at: clock.now(), moves: mergeMoves(draft) };
}

/**
 * Writes one balanced posting and updates the balances, in one statement. Idempotent.
 * @returns false if a posting with this reference and kind already exists.
 * @throws Error if the moves do not sum to zero, or a balance would become negative.
 */
export async function post(tx: Tx, draft: PostingDraft): Promise<boolean> {
  return postTogether(tx, preparePosting(draft));
}

/**
 * The same for a prepared posting. Postings of a transaction in the same tick are batched into one
 * statement that updates every balance once.
 */
export const postTogether = togetherIn(async (tx, postings: readonly Posting[]) => {
  const posted = await postAll(tx, postings);
  return postings.map(({ id }) => posted.has(id));
});

/**
 * The same for several postings. Accounts are locked in the order of kind and owner, as in
 * `holdSteps`, to avoid deadlocks.
 * @returns the IDs of the postings made.
 */
export async function postAll(tx: Tx, postings: readonly Posting[]): Promise<Set<string>> {
  const { posted, areOpen } = await tryPost(tx, postings);
  if (areOpen) return posted;
  await openAll(
    tx,
    postings.flatMap(({ mode, moves }) => moves.map((move) => ({ ...move, mode }))),
  );
  return (await tryPost(tx, postings)).posted;
}

/** Merges moves per account and drops zeros. */
function mergeMoves(draft: PostingDraft): Move[] {
  const byAccount = new Map<string, Move>();
  for (const move of draft.moves) {
    const key = `${move.kind} ${move.owner}`;
    const amountSats = (byAccount.get(key)?.amountSats ?? 0n) + move.amountSats;
    byAccount.set(key, { ...move, amountSats });
  }
  const moves = [...byAccount.values()].filter((move) => move.amountSats !== 0n);
  const sum = moves.reduce((total, move) => total + move.amountSats, 0n);
  if (sum !== 0n || moves.length === 0) {
    throw new Error(
      `The ${draft.kind} of ${draft.reference} moves ${moves.length} amounts that sum to ${sum} sats; a posting needs two or more that sum to zero.`,
    );
  }
  return moves;
}

/** The postings to make, as relations. */
export interface WantedPostings {
  /** `id`, `kind`, `reference`, `created_at`, and `size`: the number of moves. */
  drafts: Prisma.Sql;
  /** `posting_id`, `kind`, `owner`, `mode` and `amount`; the amounts of a posting sum to zero. */
  moves: Prisma.Sql;
}

/**
 * Common table expressions of postings, for a statement that also writes what they are for. Skips
 * drafts that were already posted or whose accounts are not open. `moves` has the accounts found,
 * `posting` a row with the `id` of each posting made. Every balance is updated once, by the sum.
 * The platform's own accounts are never updated but only summed, because their rows would be a
 * bottleneck.
 */
export function postingSteps({ drafts, moves }: WantedPostings): Prisma.Sql {
  return Prisma.sql`
    moves AS (
      SELECT a.id, a.kind, a.mode, m.posting_id, m.amount
        FROM ${moves} m
        JOIN accounts a ON a.kind = m.kind AND a.owner = m.owner AND a.mode = m.mode
    ), posting AS (
      INSERT INTO postings (id, mode, kind, reference, created_at)
      SELECT d.id, min(moves.mode), d.kind, d.reference, d.created_at
        FROM ${drafts} d JOIN moves ON moves.posting_id = d.id
       GROUP BY d.id, d.kind, d.reference, d.created_at, d.size HAVING count(*) = d.size
       ORDER BY d.reference, d.kind
          ON CONFLICT (reference, kind) DO NOTHING
      RETURNING id
    ), totals AS (
      SELECT moves.id, sum(moves.amount)::bigint AS amount
        FROM moves
       WHERE moves.posting_id = ANY(ARRAY(SELECT id FROM posting))
         AND moves.kind NOT IN ('platform_fees', 'rail_float')
       GROUP BY moves.id
    ), locked AS (
      SELECT a.id, totals.amount
        FROM accounts a JOIN totals ON totals.id = a.id
       ORDER BY a.kind, a.owner, a.mode
         FOR NO KEY UPDATE OF a
    ), moved AS (
      UPDATE accounts a SET balance = a.balance + locked.amount FROM locked WHERE a.id = locked.id
    ), written AS (
      INSERT INTO entries (posting_id, account_id, amount)
      SELECT moves.posting_id, moves.id, moves.amount
        FROM moves
       WHERE moves.posting_id = ANY(ARRAY(SELECT id FROM posting))
       ORDER BY moves.posting_id, moves.kind
    )`;
}

/** Prepared postings as the relations read by `postingSteps`. */
export function wantedOf(postings: readonly Posting[]): WantedPostings {
  const drafts = postings.map(({ id, kind, reference, at, moves }) => ({
    ...{ id, kind, reference, created_at: at, size: moves.length },
  }));
  const moves = postings.flatMap(({ id, mode, moves: own }) =>
    own.map(({ kind, owner, amountSats }) => ({
      ...{ posting_id: id, kind, owner, mode, amount: amountSats.toString() },
    })),
  );
  return {
    drafts: Prisma.sql`
      (SELECT * FROM jsonb_to_recordset(${JSON.stringify(drafts)}::jsonb)
                  AS d(id uuid, kind text, reference text, created_at timestamptz, size int))`,
    moves: Prisma.sql`
      (SELECT * FROM jsonb_to_recordset(${JSON.stringify(moves)}::jsonb)
                  AS m(posting_id uuid, kind account_kind, owner text, mode mode, amount bigint))`,
  };
}

/** Makes all of them, or none if an account is not open: one may spend what another credits. */
async function tryPost(
  tx: Tx,
  postings: readonly Posting[],
): Promise<{ posted: Set<string>; areOpen: boolean }> {
  const wanted = wantedOf(postings);
  const sides = postings.reduce((sum, { moves }) => sum + moves.length, 0);
  const allowed = Prisma.sql`(SELECT * FROM draft WHERE (SELECT count(*) FROM moves) = ${sides}::int)`;
  const rows = await tx.$queryRaw<{ id: string; areOpen: boolean; isPosted: boolean }[]>`
    WITH draft AS ${wanted.drafts},
    ${postingSteps({ drafts: allowed, moves: wanted.moves })}${spendSteps(postings)}
    SELECT d.id::text AS id, d.id IN (SELECT id FROM posting) AS "isPosted",
           (SELECT count(*) FROM moves) = ${sides}::int AS "areOpen"
      FROM draft d`;
  return {
    posted: new Set(rows.filter(({ isPosted }) => isPosted).map(({ id }) => id)),
    areOpen: rows.every(({ areOpen }) => areOpen),
  };
}

/**
 * Reverses a posting by its mirror image: the same accounts with negated amounts. History is never
 * edited.
 * @returns false if it was already reversed under this kind.
 * @throws Error if the posting does not exist.
 */
export async function reverse(
  tx: Tx,
  { reference, kind, as }: { reference: string; kind: PostingKind; as: PostingKind },
): Promise<boolean> {
  const original = await tx.posting.findUnique({
    where: { reference_kind: { reference, kind } },
    include: { entries: { include: { account: true } } },
  });
  if (!original) throw new Error(`There is no ${kind} of ${reference} to reverse.`);
  return post(tx, {
    mode: original.mode,
    kind: as,
    reference,
    moves: original.entries.map(({ account, amount }) => ({
      kind: account.kind,
      owner: account.owner,
      amountSats: -amount,
    })),
  });
}
