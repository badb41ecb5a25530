'use client';

import { Alert, Anchor, Group, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTRPC } from '@/components/trpc/trpc-provider';
import { Card, CardNote } from '@/components/ui/card';
import { QueryState } from '@/components/ui/failures/query-state';
import { PageBody } from '@/components/ui/frame/app-frame';
import { PageHeader } from '@/components/ui/page-header';
import { PromptLink } from '@/components/ui/prompt-link';
import { Status } from '@/components/ui/status';
import surface from '@/components/ui/surface.module.css';
import { ScrollTable } from '@/components/ui/tables/scroll-table';
import { humanise, sats } from '@/components/ui/values/humanise';
import { Age, Until } from '@/components/ui/values/now';
import type { PayoutDetail, PayoutTry } from '@/server/features/payouts/schema';
import shared from '../ops.module.css';
import { PayoutActs } from './payout-acts';
import classes from './payouts.module.css';
import { ACTIONS, TROUBLES } from './words';

const POLL_MS = 5_000;

/** One payout: what is owed to whom, each try on a rail, and what an operator can do. */
export function PayoutPage({ id }: { id: string }) {
  const trpc = useTRPC();
  const payout = useQuery(
    trpc.payouts.get.queryOptions({ id }, { refetchInterval: POLL_MS, retry: false }),
  );
  const { data } = payout;
  return (
    <PageBody>
      <Anchor component={PromptLink} href="/ops/payouts" size="sm">
        All payouts
      </Anchor>
      <PageHeader
        title={data ? sats(data.amountSats) : 'Payout'}
        about={data ? `To ${data.worker}, ${causeOf(data)}` : null}
        actions={data ? <PayoutActs payout={data} /> : null}
      />
      <QueryState query={payout} height={240} radius="lg" />
      {data ? (
        <Stack gap="lg">
          {data.trouble ? (
            <Alert
              color={data.trouble === 'stuck' ? 'orange' : 'red'}
              title={TROUBLES[data.trouble]}
            >
              {data.failureReason}
            </Alert>
          ) : null}
          <Facts payout={data} />
          <Tries tries={data.tries} />
          {data.log.length > 0 ? <Log log={data.log} /> : null}
        </Stack>
      ) : null}
    </PageBody>
  );
}

const causeOf = ({ organization }: PayoutDetail) =>
  organization === null ? 'from the operator' : `for an answer to ${organization}`;

function Facts({ payout }: { payout: PayoutDetail }) {
  const { nextAttemptAt, holdReason } = payout;
  return (
    <Card>
      <dl className={surface.facts}>
        <dt>Status</dt>
        <dd>
          <Status value={holdReason === null ? payout.status : 'held_back'} />
          {holdReason === null ? null : (
            <Text size="sm">“{holdReason}”, which its worker reads</Text>
          )}
        </dd>
        <dt>Mode</dt>
        <dd>{payout.mode === 'live' ? 'Live' : 'Test: play sats'}</dd>
        <dt>Rail</dt>
        <dd>{humanise(payout.rail)}</dd>
        <dt>Destination</dt>
        <dd>{payout.destination ?? 'None: the rail knows'}</dd>
        <Cause payout={payout} />
        <dt>Worker</dt>
        <dd>
          <Anchor
            component={PromptLink}
            size="sm"
            href={`/ops/payouts?worker=${payout.workerId}&mode=${payout.mode}`}
          >
            {payout.worker}
          </Anchor>
        </dd>
        {payout.taskId === null ? null : (
          <>
            <dt>Task</dt>
            <dd className={shared.mono}>{payout.taskId}</dd>
          </>
        )}
        <dt>Payout</dt>
        <dd className={shared.mono}>{payout.id}</dd>
        <dt>Owed</dt>
        <dd>
          <Age at={payout.createdAt} />
        </dd>
        {payout.paidAt ? (
          <>
            <dt>Paid</dt>
            <dd>
              <Age at={payout.paidAt} />
            </dd>
          </>
        ) : null}
        {nextAttemptAt ? (
          <>
            <dt>{payout.status === 'sending' ? 'Looked up' : 'Next try'}</dt>
            <dd>
              <Until at={nextAttemptAt} />
            </dd>
          </>
        ) : null}
      </dl>
    </Card>
  );
}

/** What it is owed for: an organization's answer, or an operator's reason. */
function Cause({ payout }: { payout: PayoutDetail }) {
  const { mode, workerId, organization, organizationId, reason } = payout;
  if (organization !== null) {
    return (
      <>
        <dt>Organization</dt>
        <dd>
          <Anchor
            component={PromptLink}
            size="sm"
            href={`/ops/payouts?organization=${organizationId}&mode=${mode}`}
          >
            {organization}
          </Anchor>
        </dd>
      </>
    );
  }
  return (
    <>
      <dt>From the operator</dt>
      <dd>{reason}</dd>
      <dt>Adjustments</dt>
      <dd>
        <Anchor
          component={PromptLink}
          size="sm"
          href={`/ops/ledger/adjustments?owner=${workerId}&accountKind=worker_payable`}
        >
          All of this worker’s
        </Anchor>
      </dd>
    </>
  );
}

function Tries({ tries }: { tries: PayoutTry[] }) {
  return (
    <Card title="Tries" flush>
      {tries.length === 0 ? (
        <CardNote>No rail has been asked yet.</CardNote>
      ) : (
        <ScrollTable
          label="Tries"
          columns={[
            'Try',
            'Outcome',
            'Error',
            'Rail',
            'Paid',
            'Began',
            'Sent',
            'Ended',
            'Fee',
            'Reference',
          ]}
        >
          {tries.map((each) => (
            <tr key={each.id}>
              <th scope="row">{each.number}</th>
              <td>
                <Status value={each.status} />
              </td>
              <td className={classes.error}>{each.error ?? '–'}</td>
              <td>{humanise(each.rail)}</td>
              <td>
                {sats(each.amountSats)}
                {each.payouts > 1 ? (
                  <Text size="xs" c="dimmed">
                    for {each.payouts} payouts
                  </Text>
                ) : null}
              </td>
              <td>
                <Age at={each.createdAt} />
              </td>
              <td>{each.sentAt ? <Age at={each.sentAt} /> : '–'}</td>
              <td>{each.finishedAt ? <Age at={each.finishedAt} /> : '–'}</td>
              <td>
                {each.feeSats === 0 ? '–' : sats(each.feeSats)}
                {each.feeLimitSats > 0 ? (
                  <Text size="xs" c="dimmed">
                    of {sats(each.feeLimitSats)} at most
                  </Text>
                ) : null}
              </td>
              <td>
                <span className={shared.mono}>{each.id}</span>
                <Reference name="At the rail" value={each.externalId} />
                <Reference name="Payment hash" value={each.paymentHash} />
                <Reference name="Preimage" value={each.preimage} />
              </td>
            </tr>
          ))}
        </ScrollTable>
      )}
    </Card>
  );
}

function Reference({ name, value }: { name: string; value: string | null }) {
  if (value === null) return null;
  return (
    <Text size="xs" c="dimmed" className={classes.reference} title={value}>
      {name} {value}
    </Text>
  );
}

function Log({ log }: { log: PayoutDetail['log'] }) {
  return (
    <Card title="What operators did">
      <Stack gap="xs">
        {log.map((entry) => (
          <Group key={`${entry.action}:${entry.at.toISOString()}`} justify="space-between" gap="xs">
            <Text size="sm">
              {entry.actor} {ACTIONS[entry.action] ?? humanise(entry.action)}
              {entry.reason ? `: “${entry.reason}”` : ''}
            </Text>
            <Text size="sm" c="dimmed">
              <Age at={entry.at} />
            </Text>
          </Group>
        ))}
      </Stack>
    </Card>
  );
}
