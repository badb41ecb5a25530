import { Conflict } from '@/server/platform/errors';

/** 409: open tasks must end and release their holds first. */
export class TasksOpen extends Conflict {
  static readonly status = 409;
  static readonly code = 'tasks_open';
  constructor(count: number) {
    super(
      TasksOpen.code,
      count === 1
        ? 'A task is still open. Wait for it or cancel it, then close the organization.'
        : `${count} tasks are still open. Wait for them or cancel them, then close the organization.`,
      { details: { open_tasks: count } },
    );
  }
}

/** 409: the balance changed since it was shown to the owner. */
export class BalanceChanged extends Conflict {
  static readonly status = 409;
  static readonly code = 'balance_changed';
  constructor(liveSats: number) {
    super(
      BalanceChanged.code,
      `The live balance is ${liveSats} sats now. Reload the page and try again.`,
      { details: { live_sats: liveSats } },
    );
  }
}
