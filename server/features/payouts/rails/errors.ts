import { Conflict } from '@/server/platform/errors';

/** 409: the rail was changed since it was loaded. */
export class RailChanged extends Conflict {
  constructor() {
    super(
      'changed_meanwhile',
      'The rails were changed in the meantime. Reload to see the current state.',
    );
  }
}

/** 409: the rail was or may have been used, so its name stays in the books. */
export class RailInUse extends Conflict {
  constructor(name: string) {
    super(
      'rail_in_use',
      `${name} was used for payments, so it must stay in the books. Disable it instead.`,
    );
  }
}

/** 409: the name is taken. */
export class RailNameTaken extends Conflict {
  constructor(name: string) {
    super('rail_name_taken', `There is a rail named ${name}. Use another name.`, { param: 'name' });
  }
}

/** 409: the rail is configured by environment variables. */
export class RailOfEnvironment extends Conflict {
  constructor(name: string) {
    super(
      'rail_of_environment',
      `${name} is configured by environment variables. Change them, and restart the instance.`,
    );
  }
}

/** 409: only one test payment per rail at a time. */
export class TestUnderWay extends Conflict {
  constructor() {
    super(
      'test_under_way',
      'A test payment of this rail is in progress. It is looked up every minute until its outcome is known.',
    );
  }
}
