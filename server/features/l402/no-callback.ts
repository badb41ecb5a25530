import type { CreateTask } from '@/server/features/tasks';
import { InvalidRequest } from '@/server/platform/errors';

/** @throws InvalidRequest 400: a callback is signed with a secret that only organizations have. */
export function assertNoCallback({ callback_url }: CreateTask): void {
  if (callback_url === undefined || callback_url === null) return;
  throw InvalidRequest.fromFaults([
    {
      param: 'callback_url',
      code: 'invalid_field',
      message:
        'callback_url requires an API key, because callbacks are signed with the organization’s secret. Omit it and poll GET /v1/tasks/{id}?wait=60 instead.',
    },
  ]);
}
