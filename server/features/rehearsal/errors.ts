import { Conflict, Forbidden } from '@/server/platform/errors';

/** 403: the key is a live one. */
export class TestModeOnly extends Forbidden {
  static readonly status = 403;
  static readonly code = 'test_mode_only';
  constructor() {
    super(
      'test_mode_only',
      'Only test mode has a test clock; use an ek_test_ key. Live tasks use real time.',
    );
  }
}

/** 409: the clock is being advanced or reset by another request. */
export class ClockInUse extends Conflict {
  static readonly status = 409;
  static readonly code = 'test_clock_in_use';
  constructor() {
    super(
      'test_clock_in_use',
      'Another request is moving this test clock. Try again in a second.',
      {
        headers: { 'Retry-After': '1' },
      },
    );
  }
}
