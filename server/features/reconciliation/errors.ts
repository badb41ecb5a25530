import { Conflict } from '@/server/platform/errors';

/** 409: the difference was resolved or has changed since it was loaded. */
export class DifferenceChanged extends Conflict {
  constructor() {
    super(
      'difference_changed',
      'This difference was resolved or has changed in the meantime. Reload to see its current state.',
    );
  }
}
