import { Conflict } from '@/server/platform/errors';

/** 409: the difference was resolved since whoever resolves it now has read it, or has changed. */
export class DifferenceChanged extends Conflict {
  constructor() {
    super(
      'difference_changed',
      'It has changed in the meantime, or is resolved. See how it stands now.',
    );
  }
}
