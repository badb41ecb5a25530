'use client';

import { Anchor, Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { failureOf } from '@/components/trpc/failure';
import { useTRPC } from '@/components/trpc/trpc-provider';
import classes from './app-frame.module.css';

/** Asks for an unconfirmed address to be confirmed; until then the public pool and invitations are closed. */
export function ConfirmBanner({ email }: { email: string }) {
  const trpc = useTRPC();
  const resend = useMutation(trpc.accounts.resendConfirmation.mutationOptions());
  return (
    <div className={classes.confirm} role="status">
      <span>
        {resend.isSuccess
          ? `A link is on its way to ${email}.`
          : resend.isError
            ? failureOf(resend.error).message
            : `Confirm ${email} by the link we sent to it.`}
      </span>
      {resend.isSuccess ? null : (
        <Button
          size="compact-xs"
          variant="default"
          loading={resend.isPending}
          onClick={() => resend.mutate()}
        >
          Send it again
        </Button>
      )}
      <Anchor href="/account" size="sm" underline="always">
        Change the address
      </Anchor>
    </div>
  );
}
