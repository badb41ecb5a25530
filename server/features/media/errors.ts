import { AppError } from '@/server/platform/errors';

/** 502: the far side did not give the file, and why, for whoever looks at the task. */
export class MediaUnavailable extends AppError {
  constructor(reason: string) {
    super(502, 'internal_error', 'media_unavailable', reason);
  }
}

/** 413: more bytes than a file of this kind may have. */
export class MediaTooLarge extends AppError {
  constructor(bytesMax: number) {
    const megabytes = Math.round(bytesMax / 1_000_000);
    super(
      413,
      'validation_error',
      'media_too_large',
      `The file is larger than the ${megabytes} MB that are shown here.`,
    );
  }
}

/** 415: not an image, PDF, sound or film of a kind that browsers show safely. */
export class MediaTypeRefused extends AppError {
  constructor(type: string) {
    super(
      415,
      'validation_error',
      'media_type_refused',
      `Files of the type ${type || 'unknown'} are not shown here.`,
    );
  }
}
