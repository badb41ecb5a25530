'use client';

import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { v4 as newUuid } from 'uuid';
import { FollowedTask } from '@/components/dashboard/overview/send-task';
import { failureOf } from '@/components/trpc/failure';
import { useTRPC } from '@/components/trpc/trpc-provider';
import { Card } from '@/components/ui/card';
import { Dialog } from '@/components/ui/dialogs/dialog';
import { DialogActions } from '@/components/ui/dialogs/dialog-actions';
import { Icon } from '@/components/ui/icons';
import { FormFault } from '@/components/ui/inputs/form-fault';
import { Loading } from '@/components/ui/loading';
import { Amount } from '@/components/ui/values/amount';
import { duration, sats } from '@/components/ui/values/humanise';
import type { CreateTask, Quote } from '@/server/features/tasks/schema';
import classes from './playground.module.css';
import { QuoteTiers } from './quote-tiers';

interface CostCardProps {
  mode: 'live' | 'test';
  mayCreate: boolean;
  request: CreateTask | null;
  quote: Quote | null;
  /** What a create would be refused for. */
  refusal: string | null;
}

/** What the request costs, the button that sends it, and what becomes of it. */
export function CostCard(props: CostCardProps) {
  const { mode, request, quote, refusal } = props;
  const [asking, question] = useDisclosure(false);
  const [created, setCreated] = useState<string[]>([]);
  const send = useCreate((id) => setCreated((before) => [id, ...before].slice(0, 5)));
  if (!props.mayCreate) {
    return (
      <Card title="Cost">
        <Text size="sm" c="dimmed">
          Quotes and creating need the developer role. You can try the form and copy the code.
        </Text>
      </Card>
    );
  }
  const press = () => {
    if (!request) return;
    if (mode === 'live') question.open();
    else send.mutate(request);
  };
  return (
    <Card title="Cost">
      <Stack gap="md">
        <QuoteFigures quote={quote} isWaiting={request !== null && refusal === null} />
        <FormFault>{refusal}</FormFault>
        {send.error && failureOf(send.error).message !== refusal ? (
          <Alert color="red" role="alert" icon={<Icon name="warning" />}>
            {failureOf(send.error).message}
          </Alert>
        ) : null}
        <Group gap="sm">
          <Button
            leftSection={<Icon name="bolt" />}
            onClick={press}
            disabled={request === null}
            loading={send.isPending}
          >
            {mode === 'live' ? 'Create in live…' : 'Create in test'}
          </Button>
          {request === null ? (
            <Text size="sm" c="dimmed">
              First mend the fields marked red.
            </Text>
          ) : null}
        </Group>
        {created.map((id) => (
          <FollowedTask key={id} id={id} />
        ))}
      </Stack>
      <Dialog opened={asking} onClose={question.close} title="Create a live task?">
        <Text size="sm">
          Real people will answer it
          {quote ? (
            <>
              , and <strong>{sats(quote.cost_sats.held)}</strong> are held from your balance. What
              is not needed comes back.
            </>
          ) : (
            ' for real sats.'
          )}
        </Text>
        <DialogActions
          mt="lg"
          onCancel={question.close}
          loading={send.isPending}
          onClick={() => {
            question.close();
            if (request) send.mutate(request);
          }}
        >
          Create it
        </DialogActions>
      </Dialog>
    </Card>
  );
}

function QuoteFigures({ quote, isWaiting }: { quote: Quote | null; isWaiting: boolean }) {
  if (!quote) {
    return isWaiting ? (
      <Loading height={64} label="Asking for a quote" />
    ) : (
      <Text size="sm" c="dimmed">
        The quote shows here once the request is whole.
      </Text>
    );
  }
  const { held, fee_max: fee } = quote.cost_sats;
  const { p50, p90 } = quote.expected_seconds;
  const { wage } = quote;
  return (
    <>
      <dl className={classes.figures} data-testid="quote">
        <div>
          <dt>Held, at most</dt>
          <dd>
            <Amount sats={held} />
            <small>of which {sats(fee)} fee</small>
          </dd>
        </div>
        <div>
          <dt>Eligible workers</dt>
          <dd>
            {quote.eligible_workers}
            <small>{quote.online_workers} online now</small>
          </dd>
        </div>
        <div>
          <dt>Expected time</dt>
          <dd>
            {p50 === null ? 'Not known yet' : duration(p50)}
            <small>
              {p90 === null ? 'No verified task of this type' : `90 % within ${duration(p90)}`}
            </small>
          </dd>
        </div>
        <div>
          <dt>For the worker</dt>
          <dd>
            {wage.sats_per_hour === null ? 'Not known yet' : `${sats(wage.sats_per_hour)}/h`}
            <small>
              {wage.own_seconds === null
                ? 'Too few answers of this type'
                : `${duration(wage.own_seconds)} of own time, median of ${wage.answers} answers`}
            </small>
          </dd>
        </div>
      </dl>
      <QuoteTiers quote={quote} />
      {quote.warnings
        .filter((warning) => !warning.startsWith('/'))
        .map((warning) => (
          <Text key={warning} size="sm" c="var(--test-text)">
            {warning}
          </Text>
        ))}
    </>
  );
}

/** Creates a task; the same request pressed twice while the first is under way is one task. */
function useCreate(onCreated: (id: string) => void) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const attempt = useRef({ body: '', key: '' });
  const create = useMutation(
    trpc.tasks.create.mutationOptions({
      onSuccess: ({ task }) => {
        attempt.current = { body: '', key: '' };
        onCreated(task.id);
      },
      onSettled: () => {
        void queryClient.invalidateQueries(trpc.tasks.pathFilter());
        void queryClient.invalidateQueries(trpc.ledger.pathFilter());
      },
    }),
  );
  const mutate = (request: CreateTask) => {
    const body = JSON.stringify(request);
    if (attempt.current.body !== body) attempt.current = { body, key: `playground-${newUuid()}` };
    create.mutate({ idempotency_key: attempt.current.key, ...request });
  };
  return { mutate, isPending: create.isPending, error: create.error };
}
