'use client';

import { Button, Group, Text, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTRPC } from '@/components/trpc/trpc-provider';
import { humanise } from '@/components/ui/values/humanise';
import { Age } from '@/components/ui/values/now';
import type { WorkerLine } from '@/server/features/onboarding/schema';
import { useWorkerChange } from './use-worker-change';
import classes from './workers.module.css';

/** What an operator decides by: the worker's own words, the skills asked for, and how quizzes went. */
export function WorkerApplication({ worker }: { worker: WorkerLine }) {
  const { about, skillsWanted, quizzes } = worker;
  return (
    <div>
      {about ? (
        <Text size="sm" style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }} mb={6}>
          “{about}”
        </Text>
      ) : null}
      <Text size="sm" c="dimmed">
        {skillsWanted.length > 0
          ? `Asks for ${skillsWanted.map(humanise).join(', ')}.`
          : 'Has asked for no skill yet.'}
        {about ? '' : ' Says nothing of themselves.'}
      </Text>
      {quizzes.length > 0 ? (
        <ul className={classes.skills} aria-label={`Quizzes of ${worker.name}`}>
          {quizzes.map((quiz) => (
            <li key={`${quiz.skill} ${quiz.number}`} className={classes.skill}>
              <span style={{ fontWeight: 500 }}>Quiz: {humanise(quiz.skill)}</span>
              <span className="soft">
                try {quiz.number}, {quiz.status === 'open' ? 'under way' : quiz.status},{' '}
                {quiz.right} of {quiz.questions} right, <Age at={quiz.startedAt} />
              </span>
            </li>
          ))}
        </ul>
      ) : null}
    </div>
  );
}

/** What operators note of a worker for each other. */
export function WorkerNotes({ worker }: { worker: WorkerLine }) {
  const trpc = useTRPC();
  const [text, setText] = useState('');
  const change = useWorkerChange('Noted.');
  const add = useMutation(
    trpc.onboarding.addNote.mutationOptions({
      ...change,
      onSuccess: () => {
        change.onSuccess();
        setText('');
      },
    }),
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (text.trim()) add.mutate({ workerId: worker.id, text: text.trim() });
  };
  return (
    <div>
      {worker.notes.length > 0 ? (
        <ul className={classes.skills} aria-label={`Notes on ${worker.name}`}>
          {worker.notes.map((note) => (
            <li key={note.id} className={classes.skill}>
              <span style={{ overflowWrap: 'anywhere' }}>{note.text}</span>
              <span className="soft">
                {note.by}, <Age at={note.at} />
              </span>
            </li>
          ))}
        </ul>
      ) : null}
      <form onSubmit={submit}>
        <Group gap="xs" mt={worker.notes.length > 0 ? 'xs' : 0}>
          <TextInput
            aria-label={`Note on ${worker.name}`}
            placeholder="A note for other operators; the worker never reads it"
            maxLength={2_000}
            style={{ flex: '1 1 260px', maxWidth: 480 }}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
          />
          <Button type="submit" variant="default" loading={add.isPending} disabled={!text.trim()}>
            Note
          </Button>
        </Group>
      </form>
    </div>
  );
}
