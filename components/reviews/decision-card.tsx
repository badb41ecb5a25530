'use client';

import { Alert, Button, Checkbox, Kbd, Stack, Text, Textarea } from '@mantine/core';
import type { RJSFSchema } from '@rjsf/utils';
import { useMutation } from '@tanstack/react-query';
import { type RefObject, useEffect, useRef, useState } from 'react';
import { answerByKey, isTyping } from '@/components/task-form/answer-keys';
import { LazyTaskForm } from '@/components/task-form/lazy-task-form';
import { failureOf } from '@/components/trpc/failure';
import { Card } from '@/components/ui/card';
import { tell } from '@/components/ui/notices';
import { DECISIONS, NOTE_CHARS_MAX } from '@/server/features/reviews/policy';
import type { Decision, ReviewDetail } from '@/server/features/reviews/schema';
import { useReviews } from './use-reviews';
import { consequenceOf, DECISION_KEYS, DECISION_WORDS } from './words';

const FORM = 'review-answer';

/** What the keys of a decision do. */
export interface DecisionKeys {
  choose: (decision: Decision) => void;
  offer: () => void;
}

interface DecisionCardProps {
  review: ReviewDetail;
  /** False where somebody else looks at it, or it is over. */
  mayDecide: boolean;
  /** Where it leaves what the keys do, for as long as it is there. */
  keys: RefObject<DecisionKeys | null>;
  onDecided: () => void;
}

/**
 * The worker's own form with the proposed answer in it, and what to make of it. One key chooses, Enter sends:
 * a decision cannot be taken back, so no single key makes one.
 */
export function DecisionCard({ review, mayDecide, keys, onDecided }: DecisionCardProps) {
  const reviews = useReviews();
  const [decision, setDecision] = useState<Decision | null>(null);
  const [note, setNote] = useState('');
  const [noteFault, setNoteFault] = useState<string | null>(null);
  const [offerAsGold, setOfferAsGold] = useState(false);
  const [output, setOutput] = useState<unknown>(review.proposed ?? review.answers.at(-1)?.output);
  const noteRef = useRef<HTMLTextAreaElement>(null);
  const sendRef = useRef<HTMLButtonElement>(null);
  const decide = useMutation(
    reviews.decide.mutationOptions({
      onSuccess: () => {
        tell('Decided.');
        onDecided();
      },
    }),
  );
  const mayOffer =
    review.kind !== 'second_review' && review.kind !== 'appeal' && decision !== 'reject';
  const isRead = decision === 'reject' || review.kind === 'appeal';
  const needsReason = decision === 'reject' || (decision === 'correct' && isRead);
  const choose = (next: Decision) => {
    if (!mayDecide) return;
    setDecision(next);
    setNoteFault(null);
    // A new answer starts from the proposed one.
    if (next !== 'correct') setOutput(review.proposed ?? review.answers.at(-1)?.output);
  };
  // Where Enter sends: the reason of a rejection, the first question of a correction, or the button.
  useEffect(() => {
    if (decision === 'reject') noteRef.current?.focus();
    if (decision === 'accept') sendRef.current?.focus();
    if (decision === 'correct') focusForm();
  }, [decision]);
  useEffect(() => {
    if (decision !== 'correct') return;
    document.addEventListener('keydown', answerForm);
    return () => document.removeEventListener('keydown', answerForm);
  }, [decision]);
  useEffect(() => {
    keys.current = {
      choose,
      offer: () => mayOffer && setOfferAsGold((offered) => !offered),
    };
    return () => {
      keys.current = null;
    };
  });
  const send = (correction?: unknown) => {
    if (!decision || decide.isPending) return;
    const reason = note.trim();
    if (needsReason && !reason) {
      setNoteFault('Enter a reason; the worker sees it.');
      noteRef.current?.focus();
      return;
    }
    decide.mutate({
      reviewId: review.id,
      decision,
      ...(decision === 'correct' ? { output: correction } : {}),
      ...(reason ? { note: reason } : {}),
      ...(offerAsGold && mayOffer ? { offerAsGold } : {}),
    });
  };
  return (
    <Card title="Your decision">
      <Stack gap="md">
        {decide.error ? (
          <Alert color="red" role="alert">
            {failureOf(decide.error).message}
          </Alert>
        ) : null}
        <LazyTaskForm
          key={decision === 'correct' ? 'correct' : 'shown'}
          id={FORM}
          schema={review.task.outputSchema as RJSFSchema}
          value={output}
          disabled={decision !== 'correct'}
          refusals={[]}
          onChange={setOutput}
          onSubmit={send}
        />
        <Stack gap={6} role="group" aria-label="What to do">
          {DECISIONS.map((each) => (
            <Button
              key={each}
              size="xs"
              fullWidth
              justify="space-between"
              variant={decision === each ? 'filled' : 'default'}
              color={each === 'reject' && decision === each ? 'red' : undefined}
              aria-pressed={decision === each}
              disabled={!mayDecide}
              rightSection={<Kbd size="xs">{DECISION_KEYS[each].toUpperCase()}</Kbd>}
              onClick={() => choose(each)}
            >
              {DECISION_WORDS[each]}
            </Button>
          ))}
        </Stack>
        {decision ? (
          <>
            <Textarea
              ref={noteRef}
              label="Reason"
              description={isRead ? 'The worker reads it.' : 'For the record.'}
              withAsterisk={needsReason}
              autosize
              minRows={2}
              maxLength={NOTE_CHARS_MAX}
              value={note}
              error={noteFault}
              onChange={(event) => setNote(event.currentTarget.value)}
              onKeyDown={(event) => {
                if (event.key === 'Escape') {
                  event.currentTarget.blur();
                  setDecision(null);
                }
                if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing)
                  return;
                event.preventDefault();
                sendRef.current?.click();
              }}
            />
            {mayOffer ? (
              <Checkbox
                label={
                  <>
                    Offer as a gold <Kbd size="xs">O</Kbd>
                  </>
                }
                checked={offerAsGold}
                onChange={(event) => setOfferAsGold(event.currentTarget.checked)}
              />
            ) : null}
            <Text size="sm" c="dimmed" aria-live="polite">
              {consequenceOf(review.kind, decision)}
            </Text>
            <Button
              ref={sendRef}
              color={decision === 'reject' ? 'red' : undefined}
              loading={decide.isPending}
              disabled={!mayDecide}
              rightSection={<Kbd size="xs">Enter</Kbd>}
              {...(decision === 'correct'
                ? { type: 'submit', form: FORM }
                : { onClick: () => send() })}
            >
              {DECISION_WORDS[decision]}
            </Button>
          </>
        ) : (
          <Text size="sm" c="dimmed">
            The form shows the answer that {review.blocking ? 'would be' : 'was'} given. Choose,
            then press Enter.
          </Text>
        )}
      </Stack>
    </Card>
  );
}

/** The first question of the form, once it can be answered. */
function focusForm(): void {
  const first = document
    .getElementById(FORM)
    ?.querySelector<HTMLElement>('input:not([type="hidden"]), textarea, select, button');
  first?.focus();
}

/** The form's own keys, which it shows: digits, and y and n. */
function answerForm(event: KeyboardEvent): void {
  if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
  const form = document.getElementById(FORM);
  if (form && /^[0-9yn]$/i.test(event.key) && answerByKey(form, event.key)) event.preventDefault();
}
