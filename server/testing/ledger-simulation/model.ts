/** The expected books of a simulation, kept in memory independently of the ledger. */
import type { AccountKind } from '@/prisma/generated/client';

/** One side of a posting expected in the ledger. */
export interface ExpectedEntry {
  /** The step that made it. */
  step: number;
  reference: string;
  posting: string;
  kind: AccountKind;
  owner: string;
  amount: bigint;
  /**
   * The account's balance after the step; null for accounts without one, and if the step moves it
   * again.
   */
  after: bigint | null;
}

export interface Task {
  id: string;
  organizationId: string;
  heldSats: bigint;
  createdAt: Date;
  createdBy: string;
}

export interface Attempt {
  id: string;
  workerId: string;
  amountSats: bigint;
}

export interface Credit {
  id: string;
  organizationId: string;
  leftSats: bigint;
}

/** An adjustment of a worker's account, in order of creation. */
export interface Gift {
  id: string;
  workerId: string;
  /** Negative if deducted. */
  givenSats: bigint;
  /** The amount still owed if not sent; never owed for deductions. */
  leftSats: bigint;
  /** Not reversible any more, or a reversal itself. */
  isReversed: boolean;
  isSent: boolean;
}

type Moves = readonly (readonly [kind: AccountKind, owner: string, amount: bigint])[];

const UNBALANCED: readonly AccountKind[] = ['platform_fees', 'rail_float'];

export class Model {
  readonly openTasks: Task[] = [];
  readonly endedTasks: Task[] = [];
  readonly openAttempts: Attempt[] = [];
  readonly credits: Credit[] = [];
  readonly gifts: Gift[] = [];
  /** Daily caps by organization or key; no cap if absent. */
  readonly caps = new Map<string, bigint>();
  /** By day and spender. */
  readonly spent = new Map<string, bigint>();
  private readonly balances = new Map<string, bigint>();
  private readonly expected: ExpectedEntry[] = [];
  private step = 0;

  begin(step: number): void {
    this.step = step;
  }

  balanceOf(kind: AccountKind, owner: string): bigint {
    return this.balances.get(`${kind} ${owner}`) ?? 0n;
  }

  /** Expects a posting; zero moves are left out, as in the ledger. */
  post(posting: string, reference: string, moves: Moves): void {
    for (const [kind, owner, amount] of moves) {
      if (amount === 0n) continue;
      const balance = this.balanceOf(kind, owner) + amount;
      this.balances.set(`${kind} ${owner}`, balance);
      const after = UNBALANCED.includes(kind) ? null : balance;
      for (const former of this.expected) {
        const isSame = former.kind === kind && former.owner === owner && former.step === this.step;
        if (isSame) former.after = null;
      }
      this.expected.push({ step: this.step, reference, posting, kind, owner, amount, after });
    }
  }

  private unsentOf(workerId: string): Gift[] {
    return this.gifts.filter(
      (gift) => gift.workerId === workerId && gift.leftSats > 0n && !gift.isSent,
    );
  }

  /** The unsent amount owed of a worker's adjustments. */
  giftsLeft(workerId: string): bigint {
    return this.unsentOf(workerId).reduce((sum, { leftSats }) => sum + leftSats, 0n);
  }

  takeGifts(workerId: string, amountSats: bigint): void {
    let left = amountSats;
    for (const gift of this.unsentOf(workerId).reverse()) {
      const isWhole = gift.leftSats <= left;
      const taken = isWhole ? gift.leftSats : left;
      gift.leftSats -= taken;
      left -= taken;
    }
  }

  sendGifts(workerId: string): void {
    for (const gift of this.unsentOf(workerId)) gift.isSent = true;
  }

  spend({ createdAt, createdBy, organizationId }: Task, amount: bigint): void {
    for (const key of spendersOf({ createdAt, createdBy, organizationId })) {
      this.spent.set(key, (this.spent.get(key) ?? 0n) + amount);
    }
  }

  /** Why balance or caps do not cover tasks of one organization together; null if they do. */
  refusalOf(tasks: readonly Task[]): 'funds' | 'cap' | null {
    const [first] = tasks;
    if (!first) return null;
    const total = tasks.reduce((sum, { heldSats }) => sum + heldSats, 0n);
    if (total > this.balanceOf('organization_available', first.organizationId)) return 'funds';
    const wanted = new Map<string, bigint>();
    for (const task of tasks) {
      for (const key of spendersOf(task)) {
        wanted.set(key, (wanted.get(key) ?? 0n) + task.heldSats);
      }
    }
    const isReached = [...wanted].some(([key, sats]) => {
      const cap = this.caps.get(key.split(' ')[1] ?? '');
      return cap !== undefined && (this.spent.get(key) ?? 0n) + sats > cap;
    });
    return isReached ? 'cap' : null;
  }

  /** The entries expected since the last call. */
  takeExpected(): ExpectedEntry[] {
    return this.expected.splice(0);
  }

  /** The currently violated sentences about the books. */
  broken(): string[] {
    const broken: string[] = [];
    const open = new Map<string, bigint>();
    const add = (key: string, sats: bigint) => open.set(key, (open.get(key) ?? 0n) + sats);
    for (const task of this.openTasks)
      add(`organization_held ${task.organizationId}`, task.heldSats);
    for (const { workerId, amountSats } of this.openAttempts) {
      add(`worker_in_flight ${workerId}`, amountSats);
    }
    let sum = 0n;
    for (const [key, balance] of this.balances) {
      sum += balance;
      const kind = key.split(' ')[0] as AccountKind;
      if (balance < 0n && !UNBALANCED.includes(kind)) broken.push(`${key} is ${balance}`);
      const isSet = kind === 'organization_held' || kind === 'worker_in_flight';
      if (isSet && balance !== (open.get(key) ?? 0n)) {
        broken.push(`${key} is ${balance}, and what is open comes to ${open.get(key) ?? 0n}`);
      }
    }
    if (sum !== 0n) broken.push(`everything sums to ${sum}`);
    return broken;
  }

  /**
   * All balances and counters in a defined order, to compare two runs; `nameOf` maps owners to
   * names shared by both.
   */
  summary(nameOf: (id: string) => string): string[] {
    const named = (map: ReadonlyMap<string, bigint>) =>
      [...map].map(([key, sats]) => `${key.split(' ').map(nameOf).join(' ')}: ${sats}`);
    return [...named(this.balances), ...named(this.spent)].sort();
  }
}

/** The keys of a task's spending counters: day and spender. */
function spendersOf({
  createdAt,
  createdBy,
  organizationId,
}: Pick<Task, 'createdAt' | 'createdBy' | 'organizationId'>): string[] {
  const day = createdAt.toISOString().slice(0, 10);
  const key = createdBy.startsWith('key:') ? [createdBy.slice('key:'.length)] : [];
  return [organizationId, ...key].map((spender) => `${day} ${spender}`);
}
