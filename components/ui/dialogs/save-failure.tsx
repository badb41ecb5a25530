'use client';

import { Alert, Button } from '@mantine/core';
import { useState } from 'react';
import { failureOf } from '@/components/trpc/failure';
import { Icon } from '@/components/ui/icons';

/**
 * Why nothing was saved. After a conflicting change by someone else, `onReload` loads the current values
 * and discards the edits.
 */
export function SaveFailure({
  error,
  onReload,
}: {
  error: unknown;
  onReload: () => Promise<unknown>;
}) {
  const [busy, setBusy] = useState(false);
  if (!error) return null;
  const { message, code } = failureOf(error);
  const reload = () => {
    setBusy(true);
    void onReload().finally(() => setBusy(false));
  };
  return (
    <Alert color="red" role="alert" icon={<Icon name="warning" />}>
      {message}
      {code === 'changed_meanwhile' ? (
        <Button size="xs" variant="default" mt={10} loading={busy} onClick={reload}>
          Show what is there now
        </Button>
      ) : null}
    </Alert>
  );
}
