import { Conflict } from '@/server/platform/errors';

/** 409: the rail was changed since whoever changes it now has read it. */
export class RailChanged extends Conflict {
  constructor() {
    super('changed_meanwhile', 'The rails were changed in the meantime. See how they stand now.');
  }
}

/** 409: the rail has paid, or may have, so that its name stays in the books. */
export class RailInUse extends Conflict {
  constructor(name: string) {
    super(
      'rail_in_use',
      `Sats were sent by ${name}, so it stays in the books. Disable it instead.`,
    );
  }
}

/** 409: another rail has this name. */
export class RailNameTaken extends Conflict {
  constructor(name: string) {
    super('rail_name_taken', `There is a rail named ${name}. Use another name.`, { param: 'name' });
  }
}

/** 409: the rail is set up by environment variables. */
export class RailOfEnvironment extends Conflict {
  constructor(name: string) {
    super(
      'rail_of_environment',
      `${name} is set up by environment variables. Change those, and start the instance again.`,
    );
  }
}

/** 409: a rail is tried by one payment at a time. */
export class TestUnderWay extends Conflict {
  constructor() {
    super(
      'test_under_way',
      'A test payment of this rail is under way. It is looked up each minute until it is known.',
    );
  }
}
