import type { Mode } from '@/server/platform/actor';
import { clock } from '@/server/platform/clock';
import { Prisma, type Tx } from '@/server/platform/db';
import { newId } from '@/server/platform/ids';
import { type AccountRef, openAll } from './open-accounts';

/** Why money moved; with the reference it names one posting for good. */
export type PostingKind =
  | 'deposit'
  | 'credit'
  | 'credit_reversal'
  | 'hold'
  | 'charge'
  | 'release'
  | 'back_pay'
  | 're_vote'
  | 'payout_reserve'
  | 'payout_settle'
  | 'payout_return';

/** One side of a posting; positive adds to the account's balance. */
export interface Move extends AccountRef {
  amountSats: bigint;
}

export interface PostingDraft {
  mode: Mode;
  kind: PostingKind;
  /** What it is about, such as `task:<id>`; unique together with the kind. */
  reference: string;
  moves: readonly Move[];
}

/**
 * Writes one balanced posting and moves the balances, in one statement. Accounts are locked in the
 * order of their kind, as `holdSteps` does, so two postings never wait for each other in a ring.
 * The platform's own accounts are never updated, only summed: everybody would wait for that row.
 * @returns false where a posting of this reference and kind is there already: nothing was done.
 * @throws Error where the moves do not sum to zero, or a balance would fall below zero.
 */
export async function post(tx: Tx, draft: PostingDraft): Promise<boolean> {
  const moves = mergeMoves(draft);
  const first = await tryPost(tx, draft, moves);
  if (first.found === moves.length) return first.posted === 1;
  await openAll(tx, draft.mode, moves);
  return (await tryPost(tx, draft, moves)).posted === 1;
}

/** One move an account, zeros left out. */
export function mergeMoves(draft: PostingDraft): Move[] {
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

/**
 * The common table expressions of one posting, for a statement that makes it together with what it is
 * for. `wanted` is a relation of `kind`, `owner`, `mode` and `amount` with `count` rows that sum to zero.
 * Where it has fewer, or an account is not open yet, or the posting was made before, nothing is done.
 * `moves` has the accounts that were found, `posting` one row where it was made.
 */
export function postingSteps(
  { kind, reference }: Pick<PostingDraft, 'kind' | 'reference'>,
  wanted: Prisma.Sql,
  count: number,
): Prisma.Sql {
  return Prisma.sql`
    moves AS (
      SELECT a.id, a.kind, a.mode, m.amount
        FROM ${wanted} m
        JOIN accounts a ON a.kind = m.kind AND a.owner = m.owner AND a.mode = m.mode
    ), posting AS (
      INSERT INTO postings (id, mode, kind, reference, created_at)
      SELECT ${newId()}::uuid, min(mode), ${kind}, ${reference}, ${clock.now()}
        FROM moves HAVING count(*) = ${count}
          ON CONFLICT (reference, kind) DO NOTHING
      RETURNING id
    ), locked AS (
      SELECT a.id, moves.amount
        FROM accounts a JOIN moves ON moves.id = a.id
       WHERE a.kind NOT IN ('platform_fees', 'rail_float')
         AND EXISTS (SELECT FROM posting)
       ORDER BY a.kind, a.owner
         FOR NO KEY UPDATE OF a
    ), moved AS (
      UPDATE accounts a SET balance = a.balance + locked.amount FROM locked WHERE a.id = locked.id
    ), written AS (
      INSERT INTO entries (posting_id, account_id, amount)
      SELECT posting.id, moves.id, moves.amount FROM posting, moves
    )`;
}

async function tryPost(tx: Tx, draft: PostingDraft, moves: readonly Move[]) {
  const [row] = await tx.$queryRaw<{ found: number; posted: number }[]>`
    WITH ${postingSteps(draft, wantedOf(draft.mode, moves), moves.length)}
    SELECT (SELECT count(*) FROM moves)::int AS found, (SELECT count(*) FROM posting)::int AS posted`;
  return row ?? { found: 0, posted: 0 };
}

/** Moves as the relation that `postingSteps` reads. */
export function wantedOf(mode: Mode, moves: readonly Move[]): Prisma.Sql {
  const kinds = moves.map((move) => move.kind);
  const owners = moves.map((move) => move.owner);
  const amounts = moves.map((move) => move.amountSats.toString());
  return Prisma.sql`
    (SELECT kind, owner, ${mode}::mode AS mode, amount
       FROM unnest(${kinds}::account_kind[], ${owners}::text[], ${amounts}::bigint[])
            AS u(kind, owner, amount))`;
}

/**
 * Corrects a posting by its mirror image: the same accounts, every amount negated. The first one
 * stays; history is never edited.
 * @returns false where it was reversed under this kind already.
 * @throws Error where there is no such posting.
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
