'use client';

import { Alert, Button, Group, Title } from '@mantine/core';
import type { RJSFSchema } from '@rjsf/utils';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { PayloadView } from '@/components/payload/payload-view';
import { Markdown } from '@/components/payload/text/markdown';
import type { AnswerFault } from '@/components/task-form/form-validator';
import { DeskForm, useTaskFormIsThere } from '@/components/task-form/lazy-task-form';
import { failureOf } from '@/components/trpc/failure';
import { usePageReady } from '@/components/ui/frame/page-ready';
import { Icon } from '@/components/ui/icons';
import { useAnswerKeys } from '@/components/work/task/use-answer-keys';
import type { AskedType } from '@/server/features/onboarding/schema';
import { CommandKey } from '../keys/key-cap';
import { useCommands, useKeys } from '../keys/keys-context';
import classes from '../work.module.css';

const FORM_ID = 'ask-form';

/** What the server found wrong with an answer, field by field. */
function refusalsOf(error: unknown): AnswerFault[] {
  const failure = error ? failureOf(error) : null;
  return failure?.code === 'answer_invalid' ? (failure.details as AnswerFault[]) : [];
}

/**
 * A question that is not paid, at the same desk as those that are: payload left, form right, the same
 * keys. Give it a `key` of the question, so that the next one begins empty.
 */
export function AskDesk(props: {
  asked: AskedType;
  payload: Record<string, unknown>;
  title: string;
  /** Beside the title, such as what is left of the time. */
  head: ReactNode;
  submitLabel: string;
  busy: boolean;
  error: unknown;
  /** Beside the submit button. */
  foot?: ReactNode;
  onSubmit: (output: unknown) => void;
}) {
  const { asked, error } = props;
  usePageReady();
  const [value, setValue] = useState<unknown>(undefined);
  const heading = useRef<HTMLHeadingElement>(null);
  const { showKeys } = useKeys();
  const isThere = useTaskFormIsThere();
  const refusals = refusalsOf(error);
  const submit = () => document.querySelector<HTMLFormElement>(`#${FORM_ID}`)?.requestSubmit();
  useAnswerKeys(FORM_ID);
  useCommands({ submitNext: submit, submit });
  // Each question begins at its title, for those who hear it and for those who use keys.
  useEffect(() => heading.current?.focus(), []);
  return (
    <>
      <header className={classes.deskHead}>
        <div className={classes.deskTitle}>
          <Title order={1} size="h2" ref={heading} tabIndex={-1}>
            {props.title}
          </Title>
        </div>
        {props.head}
        <Button variant="subtle" color="gray" size="xs" onClick={showKeys} visibleFrom="sm">
          Keys
        </Button>
      </header>
      <div className={classes.desk}>
        <section className={classes.material} aria-label="What it is about">
          <details className={classes.instructions} open>
            <summary>Instructions</summary>
            <Markdown text={asked.instructions} />
          </details>
          <PayloadView payload={props.payload} />
        </section>
        <section className={classes.answer} aria-label="Your answer">
          <div className={classes.answerInner}>
            <div className={classes.answerScroll}>
              {error && refusals.length === 0 ? (
                <Alert color="red" role="alert" mb="md" icon={<Icon name="warning" />}>
                  {failureOf(error).message}
                </Alert>
              ) : null}
              <DeskForm
                id={FORM_ID}
                schema={asked.formSchema as RJSFSchema}
                value={value}
                disabled={props.busy}
                refusals={refusals}
                onChange={setValue}
                onSubmit={props.onSubmit}
              />
            </div>
            <div className={classes.answerFoot}>
              <Group justify="flex-end" gap="sm">
                {props.foot}
                <Button
                  loading={props.busy}
                  disabled={!isThere}
                  onClick={submit}
                  rightSection={<CommandKey name="submitNext" />}
                >
                  {props.submitLabel}
                </Button>
              </Group>
            </div>
          </div>
        </section>
      </div>
    </>
  );
}
