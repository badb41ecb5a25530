'use client';

import { Button, Text, Title } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import type { RJSFSchema } from '@rjsf/utils';
import dynamic from 'next/dynamic';
import { useRef } from 'react';
import { PayloadView } from '@/components/payload/payload-view';
import { DeskForm, useTaskFormIsThere } from '@/components/task-form/lazy-task-form';
import { usePageReady } from '@/components/ui/frame/page-ready';
import { FormFault } from '@/components/ui/inputs/form-fault';
import { Amount } from '@/components/ui/values/amount';
import { type DraftState, useAnswerDraft } from '@/components/work/answers/use-answer-draft';
import { useSubmitAnswer } from '@/components/work/answers/use-submit-answer';
import { CommandKey } from '@/components/work/keys/key-cap';
import { useCommands, useKeys } from '@/components/work/keys/keys-context';
import { hourlyText, paceSource } from '@/components/work/pace-text';
import { usePresence } from '@/components/work/presence/presence-context';
import classes from '@/components/work/work.module.css';
import type { Assignment } from './assignment';
import { Instructions } from './instructions';
import { TimeLeft } from './time-left';
import { useAnswerKeys } from './use-answer-keys';

// Fetched after the page, to be there when they are opened.
const ReleaseDialog = dynamic(() => import('./release-dialog').then((file) => file.ReleaseDialog), {
  ssr: false,
});
const ReportDialog = dynamic(() => import('./report-dialog').then((file) => file.ReportDialog), {
  ssr: false,
});

const FORM_ID = 'answer-form';

const DRAFT_STATES: Record<DraftState, string> = {
  none: '',
  saving: 'Saving the draft…',
  saved: 'Draft saved',
  browser: 'Draft saved on this device',
  elsewhere: 'Changed in another tab or on another device',
};

/** A task to answer: what it is about on the left, the form on the right. */
export function OpenTask({ assignment }: { assignment: Assignment }) {
  const { task } = assignment;
  usePageReady();
  const draft = useAnswerDraft(assignment.id);
  const { workerId } = usePresence();
  const answer = useSubmitAnswer({
    assignmentId: assignment.id,
    workerId: workerId ?? '',
    type: task.type,
    onSubmitted: draft.forget,
  });
  const { showKeys } = useKeys();
  const isThere = useTaskFormIsThere();
  const [releaseOpen, release] = useDisclosure(false);
  const [reportOpen, report] = useDisclosure(false);
  const submit = useRef((thenNext: boolean) => {
    answer.thenNext.current = thenNext;
    document.querySelector<HTMLFormElement>(`#${FORM_ID}`)?.requestSubmit();
  });
  useAnswerKeys(FORM_ID);
  useCommands({
    submitNext: () => submit.current(true),
    submit: () => submit.current(false),
    giveBack: release.open,
    report: report.open,
  });
  return (
    <>
      <header className={classes.deskHead}>
        <div className={classes.deskTitle}>
          <Title order={1} size="h2">
            {task.title}
          </Title>
        </div>
        <Text className="tabular">
          <Amount sats={task.payoutSats} />
          {assignment.pace ? (
            <Text span c="dimmed" size="sm" title={paceSource(assignment.pace)}>
              {' · '}
              {hourlyText(assignment.pace)}
            </Text>
          ) : null}
        </Text>
        <TimeLeft
          since={assignment.startedAt ?? assignment.createdAt}
          until={assignment.lapsesAt}
        />
        <Button variant="subtle" color="gray" size="xs" onClick={showKeys} visibleFrom="sm">
          Keys
        </Button>
        <Button variant="subtle" color="gray" size="xs" onClick={report.open}>
          Report a problem
        </Button>
        <Button variant="default" size="xs" onClick={release.open}>
          Give back
        </Button>
      </header>
      <div className={classes.desk}>
        <section className={classes.material} aria-label="What it is about">
          {task.instructions ? <Instructions type={task.type} text={task.instructions} /> : null}
          <PayloadView payload={task.payload} taskId={task.id} hints={task.payloadUi} />
        </section>
        <section className={classes.answer} aria-label="Your answer">
          <div className={classes.answerInner}>
            <div className={classes.answerScroll}>
              <FormFault mb="md">{answer.failure}</FormFault>
              <DeskForm
                id={FORM_ID}
                schema={task.outputSchema as RJSFSchema}
                value={draft.value}
                disabled={answer.busy}
                refusals={answer.refusals}
                onChange={draft.change}
                onSubmit={answer.submit}
              />
              <Text size="xs" c="dimmed" mt="lg">
                To keep answers honest, the time the page is in focus, the number of keys pressed,
                the share of pasted text, and coded marks of your browser and network are sent with
                the answer; what you type or paste elsewhere is not.
              </Text>
            </div>
            <div className={classes.answerFoot}>
              <div className={classes.footRow}>
                <Text
                  size="xs"
                  c="dimmed"
                  className={classes.draftState}
                  role={draft.state === 'browser' ? 'status' : undefined}
                >
                  {DRAFT_STATES[draft.state]}
                </Text>
                <Button
                  variant="default"
                  disabled={answer.busy || !isThere}
                  onClick={() => submit.current(false)}
                >
                  Submit
                </Button>
                <Button
                  className={classes.first}
                  loading={answer.busy}
                  disabled={!isThere}
                  onClick={() => submit.current(true)}
                  rightSection={<CommandKey name="submitNext" />}
                >
                  Submit and next
                </Button>
              </div>
            </div>
          </div>
        </section>
      </div>
      <ReportDialog
        assignmentId={assignment.id}
        opened={reportOpen}
        onClose={report.close}
        onGiveBack={() => {
          report.close();
          release.open();
        }}
      />
      <ReleaseDialog assignmentId={assignment.id} opened={releaseOpen} onClose={release.close} />
    </>
  );
}
