'use client';

import { Button } from '@mantine/core';
import { FormFault } from '@/components/ui/inputs/form-fault';
import { useHydrated } from '@/components/ui/use-hydrated';

/** Joins with the account that is signed in. */
export function AcceptButton(props: {
  userName: string;
  accept: { isPending: boolean; isSuccess: boolean; error: unknown; mutate: () => void };
}) {
  const hydrated = useHydrated();
  const { error, isPending, isSuccess, mutate } = props.accept;
  return (
    <>
      <FormFault error={error} />
      <Button loading={isPending || isSuccess} disabled={!hydrated} onClick={mutate}>
        Join as {props.userName}
      </Button>
    </>
  );
}
