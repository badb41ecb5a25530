import { AppError } from '@/server/platform/errors';

/** 502: the remote host did not deliver the file; the message explains why. */
export class MediaUnavailable extends AppError {
  constructor(reason: string) {
    super(502, 'internal_error', 'media_unavailable', reason);
  }
}

/** 413: the file exceeds the size limit of its kind. */
export class MediaTooLarge extends AppError {
  constructor(bytesMax: number) {
    const megabytes = Math.round(bytesMax / 1_000_000);
    super(
      413,
      'validation_error',
      'media_too_large',
      `The file exceeds the limit of ${megabytes} MB.`,
    );
  }
}

/** 415: not an image, PDF, audio or video that browsers display safely. */
export class MediaTypeRefused extends AppError {
  constructor(type: string) {
    super(
      415,
      'validation_error',
      'media_type_refused',
      `Files of type ${type || 'unknown'} cannot be displayed.`,
    );
  }
}
