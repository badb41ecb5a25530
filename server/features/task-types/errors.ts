import { Conflict } from '@/server/platform/errors';

/** 409: built-in types cannot be deleted, only replaced by one of the same name. */
export class TaskTypeShipped extends Conflict {
  static readonly status = 409;
  static readonly code = 'task_type_shipped';
  constructor(type: string) {
    super(
      TaskTypeShipped.code,
      `"${type}" is a built-in type and cannot be deleted. Save a type of the same name to replace it.`,
    );
  }
}

/** 409: somebody else saved the type since it was loaded. */
export class TaskTypeChanged extends Conflict {
  static readonly status = 409;
  static readonly code = 'task_type_changed';
  constructor(type: string, version: number) {
    super(
      TaskTypeChanged.code,
      version === 0
        ? `"${type}" was deleted in the meantime. Your changes were not saved; save them as a new type, or discard them.`
        : `"${type}" was saved by somebody else in the meantime and is now at version ${version}. Your changes were not saved; check the new version and save again.`,
      { param: 'expected_version', details: { version } },
    );
  }
}
