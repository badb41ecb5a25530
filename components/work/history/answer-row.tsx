'use client';

import { Button, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import type { inferRouterOutputs } from '@trpc/server';
import { JsonBlock } from '@/components/ui/code/code-block';
import { Status } from '@/components/ui/status';
import { Amount } from '@/components/ui/values/amount';
import { humanise } from '@/components/ui/values/humanise';
import { Age, Until } from '@/components/ui/values/now';
import classes from '@/components/work/work.module.css';
import type { AppRouter } from '@/server/trpc';
import { AppealDialog } from './appeal-dialog';

type Answer = inferRouterOutputs<AppRouter>['assignments']['answers']['data'][number];

const VERDICTS: Record<Answer['status'], string> = {
  pending: 'Being verified',
  accepted: 'Accepted',
  rejected: 'Rejected',
  superseded: 'Not needed',
};

/** A document's text, whatever the order of its keys. */
function textOf(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    inner && typeof inner === 'object' && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}

function isOutvoted(answer: Answer): boolean {
  return (
    answer.status === 'accepted' &&
    answer.verified !== null &&
    textOf(answer.verified) !== textOf(answer.output)
  );
}

/** One answer: what became of it and what it earned; opened, also why, and what the votes came to. */
export function AnswerRow({ answer }: { answer: Answer }) {
  return (
    <details className={classes.answerItem}>
      <summary className={classes.answerRow}>
        <Status value={answer.status === 'superseded' ? 'not needed' : answer.status} />
        <span style={{ minWidth: 0 }}>
          <Text span size="sm" fw={500} truncate style={{ display: 'block' }}>
            {humanise(answer.type)}
          </Text>
          <Text span size="sm" c="dimmed">
            <Age at={answer.createdAt} />
          </Text>
        </span>
        <span style={{ minWidth: 0 }}>
          <span className="mono clip" style={{ display: 'block' }}>
            {JSON.stringify(answer.output)}
          </span>
          {answer.rejection ? (
            <span className="urgent">
              {answer.rejection.message || humanise(answer.rejection.code)}
            </span>
          ) : answer.check ? (
            <Text span size="sm" c="dimmed" style={{ display: 'block' }}>
              {answer.check.message}
            </Text>
          ) : (
            <span className="visually-hidden">{VERDICTS[answer.status]}</span>
          )}
        </span>
        <Pay payout={answer.payout} />
      </summary>
      <Why answer={answer} />
    </details>
  );
}

function Pay({ payout }: { payout: Answer['payout'] }) {
  if (!payout) {
    return (
      <Text span size="sm" c="dimmed">
        No payout
      </Text>
    );
  }
  return (
    <span>
      <span className="tabular">
        <Amount sats={payout.amountSats} />
      </span>
      <Text span size="sm" c="dimmed" style={{ display: 'block' }}>
        {humanise(payout.status)}, {humanise(payout.rail).toLowerCase()} rail
      </Text>
    </span>
  );
}

function Why({ answer }: { answer: Answer }) {
  const outvoted = isOutvoted(answer);
  return (
    <div className={classes.why}>
      <div>
        <Text size="sm" fw={500} mb={6}>
          Your answer
        </Text>
        <JsonBlock value={answer.output} label="your answer" maxHeight={240} />
      </div>
      <div>
        <Text size="sm" fw={500} mb={6}>
          What the votes came to
        </Text>
        {answer.verified === null ? (
          <Text size="sm" c="dimmed">
            Nothing yet, or the task ended without a verified answer.
          </Text>
        ) : (
          <JsonBlock value={answer.verified} label="the verified answer" maxHeight={240} />
        )}
      </div>
      <ul className={classes.verdicts} aria-label="Verdicts">
        {answer.verdicts.map((each) => (
          <li key={each.stage}>
            <strong>{humanise(each.stage)}</strong>: {humanise(each.verdict).toLowerCase()}.{' '}
            {each.message}
          </li>
        ))}
        {answer.verdicts.length === 0 ? (
          <li>
            {answer.status === 'pending'
              ? 'It has not been looked at yet.'
              : 'Nothing was found to remark on.'}
          </li>
        ) : null}
      </ul>
      <Appeal answer={answer} canAppeal={answer.status === 'rejected' || outvoted} />
    </div>
  );
}

function AppealOutcome({ appeal }: { appeal: NonNullable<Answer['appeal']> }) {
  if (appeal.status === 'open') {
    return (
      <>
        Not decided yet. If nobody decides it, it is decided in your favour{' '}
        <Until at={appeal.dueAt} />.
      </>
    );
  }
  return (
    <>
      <strong>{humanise(appeal.status)}.</strong> {appeal.explanation}
    </>
  );
}

function Appeal({ answer, canAppeal }: { answer: Answer; canAppeal: boolean }) {
  const [opened, dialog] = useDisclosure(false);
  if (answer.appeal) {
    return (
      <div>
        <Text size="sm">You appealed: “{answer.appeal.reason}”</Text>
        <Text size="sm" mt={4}>
          <AppealOutcome appeal={answer.appeal} />
        </Text>
      </div>
    );
  }
  if (!canAppeal) return null;
  return (
    <div>
      <Button size="xs" variant="default" onClick={dialog.open}>
        Appeal
      </Button>
      <AppealDialog answerId={answer.id} opened={opened} onClose={dialog.close} />
    </div>
  );
}
