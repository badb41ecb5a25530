/**
 * The lifecycle of a task's money: held, paid for its answers, or released, and paid again on
 * appeal.
 */
import {
  chargeTask,
  InsufficientFunds,
  payBackPay,
  payReVote,
  releaseHold,
} from '@/server/features/ledger';
import { pick } from '@/server/features/sandbox/random';
import { SpendCapReached } from '@/server/features/tasks/errors';
import type { Tx } from '@/server/platform/db';
import { newId } from '@/server/platform/ids';
import { holdForTasks } from '@/server/testing/hold-for-tasks';
import type { Task } from './model';
import {
  type Action,
  anyOf,
  assertSame,
  refusalOf,
  satsBetween,
  takeAny,
  type World,
} from './world';

const create: Action = {
  name: 'create',
  weight: 8,
  async run({ random, model, steps, organizations, mode, now }) {
    const { id: organizationId, keys } = pick(random, organizations);
    const createdBy = pick(random, [...keys.map((key) => `key:${key}`), 'member:somebody']);
    const count = random() < 0.8 ? 1 : 4;
    const tasks: Task[] = Array.from({ length: count }, () => ({
      ...{ id: newId(), organizationId, createdAt: now, createdBy },
      heldSats: satsBetween(random, 1, 400),
    }));
    const holds = tasks.map(({ id, heldSats }) => ({
      ...{ taskId: id, amountSats: heldSats, createdAt: now, createdBy },
    }));
    const refusal = model.refusalOf(tasks);
    const again = random() < 0.1 ? 2 : 1;
    for (let time = 0; time < again; time++) {
      const found = await refusalOf(
        steps.together((tx) => holdForTasks(tx, { mode, organizationId, holds })),
      );
      assertSame(`A hold (${found?.message})`, kindOf(found), refusal);
    }
    if (refusal) return 'refused';
    for (const task of tasks) {
      model.post('hold', `task:${task.id}`, [
        ['organization_available', organizationId, -task.heldSats],
        ['organization_held', organizationId, task.heldSats],
      ]);
      model.spend(task, task.heldSats);
      model.openTasks.push(task);
    }
    return 'done';
  },
};

function kindOf(error: Error | null): 'funds' | 'cap' | 'fault' | null {
  if (error === null) return null;
  if (error instanceof InsufficientFunds) return 'funds';
  return error instanceof SpendCapReached ? 'cap' : 'fault';
}

/** A task's hold as the ledger closes it. */
const heldBy = ({ mode }: World, { id: taskId, ...task }: Task) => ({ mode, taskId, ...task });

/** A task that ends unpaid: cancelled, expired or failed. */
const end = (reason: 'cancelled' | 'expired' | 'failed', weight: number): Action => ({
  name: reason,
  weight,
  async run(world) {
    const { random, model, steps } = world;
    const task = takeAny(random, model.openTasks);
    if (!task) return 'nothing to do';
    const { id, organizationId, heldSats } = task;
    const release = () =>
      steps.together((tx) => releaseHold(tx, { ...heldBy(world, task), reason }));
    assertSame('A release', await release(), true);
    if (random() < 0.1) assertSame('A release again', await release(), false);
    model.post('release', `task:${id}`, [
      ['organization_held', organizationId, -heldSats],
      ['organization_available', organizationId, heldSats],
    ]);
    model.spend(task, -heldSats);
    model.endedTasks.push(task);
    return 'done';
  },
});

const answer: Action = {
  name: 'answer',
  weight: 10,
  async run(world) {
    const { random, model, steps, workers } = world;
    const task = takeAny(random, model.openTasks);
    if (!task) return 'nothing to do';
    const { id, organizationId, heldSats } = task;
    const votes = 1 + Math.floor(random() * 3);
    // Sometimes nothing is left of the hold.
    const share = random() < 0.2 ? heldSats : satsBetween(random, 0, Number(heldSats));
    const each = share / BigInt(votes);
    const feeSats = share - each * BigInt(votes);
    const answers = Array.from({ length: votes }, () => ({
      ...{ workerId: pick(random, workers), amountSats: each },
    }));
    const charge = () =>
      steps.together((tx) => chargeTask(tx, { ...heldBy(world, task), answers, feeSats }));
    assertSame('A charge', await charge(), true);
    if (random() < 0.1) assertSame('A charge again', await charge(), false);
    const byWorker = new Map<string, bigint>();
    for (const { workerId } of answers) {
      byWorker.set(workerId, (byWorker.get(workerId) ?? 0n) + each);
    }
    model.post('charge', `task:${id}`, [
      ['organization_held', organizationId, -heldSats],
      ['organization_available', organizationId, heldSats - share],
      ['platform_fees', 'platform', feeSats],
      ...[...byWorker].map(([worker, sats]) => ['worker_payable', worker, sats] as const),
    ]);
    model.spend(task, share - heldSats);
    model.endedTasks.push(task);
    return 'done';
  },
};

/**
 * A hold is closed once; closing it again with another kind or amount rolls back its transaction.
 */
const closeTwice: Action = {
  name: 'close an ended task',
  weight: 0.5,
  async run(world) {
    const task = anyOf(world.random, world.model.endedTasks);
    const workerId = pick(world.random, world.workers);
    if (!task) return 'nothing to do';
    const answers = [{ workerId, amountSats: task.heldSats }];
    const held = heldBy(world, task);
    const closings = [
      (tx: Tx) => chargeTask(tx, { ...held, answers, feeSats: 0n }),
      (tx: Tx) => releaseHold(tx, { ...held, reason: 'late' }),
    ];
    for (const closing of closings) {
      assertSame('A second closing', await world.steps.alone(closing).catch(() => false), false);
    }
    return 'refused';
  },
};

const overcharge: Action = {
  name: 'charge more than is held',
  weight: 0.5,
  async run(world) {
    const task = anyOf(world.random, world.model.openTasks);
    const workerId = pick(world.random, world.workers);
    if (!task) return 'nothing to do';
    const answers = [{ workerId, amountSats: task.heldSats + 1n }];
    const charge = world.steps.together((tx) =>
      chargeTask(tx, { ...heldBy(world, task), answers, feeSats: 0n }),
    );
    assertSame('A charge beyond the hold', (await refusalOf(charge)) === null, false);
    return 'refused';
  },
};

const appeal: Action = {
  name: 'back pay',
  weight: 1,
  async run({ random, model, steps, workers, mode }) {
    const task = anyOf(random, model.endedTasks);
    if (!task) return 'nothing to do';
    const { organizationId, createdAt, createdBy } = task;
    const workerId = pick(random, workers);
    const amountSats = satsBetween(random, 1, 200);
    const feeSats = satsBetween(random, 0, 20);
    const appealId = newId();
    const payer = { organizationId, feeSats, createdAt, createdBy };
    const total = amountSats + feeSats;
    const isCovered = total <= model.balanceOf('organization_available', organizationId);
    const by = await steps.together((tx) =>
      payBackPay(tx, { mode, appealId, workerId, amountSats, payer }),
    );
    assertSame('Back pay', by, isCovered ? 'organization' : 'platform');
    model.post('back_pay', `appeal:${appealId}`, [
      ...(isCovered ? [['organization_available', organizationId, -total] as const] : []),
      ['platform_fees', 'platform', isCovered ? feeSats : -amountSats],
      ['worker_payable', workerId, amountSats],
    ]);
    if (isCovered) model.spend(task, total);
    return 'done';
  },
};

const reVote: Action = {
  name: 're-vote',
  weight: 0.5,
  async run({ random, model, steps, workers, mode }) {
    const taskId = newId();
    const workerId = pick(random, workers);
    const amountSats = satsBetween(random, 1, 50);
    await steps.together((tx) => payReVote(tx, { mode, taskId, workerId, amountSats }));
    model.post('re_vote', `gold:${taskId}`, [
      ['platform_fees', 'platform', -amountSats],
      ['worker_payable', workerId, amountSats],
    ]);
    return 'done';
  },
};

export const TASK_ACTIONS: readonly Action[] = [
  create,
  end('cancelled', 1),
  end('expired', 1),
  end('failed', 0.5),
  answer,
  closeTwice,
  overcharge,
  appeal,
  reVote,
];
