import { Conflict } from '@/server/platform/errors';

/** 409: what comes with the product stays; saving a type of its name replaces it. */
export class TaskTypeShipped extends Conflict {
  static readonly status = 409;
  static readonly code = 'task_type_shipped';
  constructor(type: string) {
    super(
      TaskTypeShipped.code,
      `"${type}" comes with the product and cannot be deleted. Save a type of that name to replace it.`,
    );
  }
}

/** 409: somebody else saved the type since it was read. */
export class TaskTypeChanged extends Conflict {
  static readonly status = 409;
  static readonly code = 'task_type_changed';
  constructor(type: string, version: number) {
    super(
      TaskTypeChanged.code,
      version === 0
        ? `"${type}" was deleted meanwhile. Nothing was saved; save it as a new type, or leave it.`
        : `"${type}" was saved by somebody else meanwhile and is at version ${version} now. Nothing of yours was saved; look at the change and save again.`,
      { param: 'expected_version', details: { version } },
    );
  }
}
