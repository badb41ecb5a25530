'use client';

import { Alert, Button, Group, Radio, Stack, Text, Textarea } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { failureOf } from '@/components/trpc/failure';
import { useTRPC } from '@/components/trpc/trpc-provider';
import { Dialog } from '@/components/ui/dialogs/dialog';
import { Age } from '@/components/ui/values/now';
import classes from '@/components/work/work.module.css';
import type { ReportProblem } from '@/server/features/tasks/answer-schema';
import { PROBLEM_CATEGORIES } from '@/server/features/tasks/policy';

type Category = ReportProblem['category'];
const CATEGORIES = Object.entries(PROBLEM_CATEGORIES) as [Category, string][];

/** Reports a problem to the customer; the worker keeps the task and the draft. */
export function ReportDialog(props: {
  assignmentId: string;
  opened: boolean;
  onClose: () => void;
  onGiveBack: () => void;
}) {
  const { assignmentId, opened, onClose } = props;
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [category, setCategory] = useState<Category | null>(null);
  const [details, setDetails] = useState('');
  const [missing, setMissing] = useState(false);
  const earlier = useQuery(
    trpc.assignments.reported.queryOptions({ assignmentId }, { enabled: opened }),
  );
  const report = useMutation(
    trpc.assignments.report.mutationOptions({
      onSuccess: () => {
        void queryClient.invalidateQueries(trpc.assignments.reported.pathFilter());
        notifications.show({ message: 'Reported. Your task and your draft are still here.' });
        setCategory(null);
        setDetails('');
        onClose();
      },
    }),
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setMissing(category === null);
    if (category) report.mutate({ assignmentId, category, details });
  };
  return (
    <Dialog opened={opened} onClose={onClose} title="Report a problem">
      <form onSubmit={submit}>
        <Stack gap="md">
          <Text size="sm" c="dimmed">
            Whoever asked reads it on the task’s page. You keep the task and your draft; if it
            cannot be answered at all, give it back.
          </Text>
          {report.error ? (
            <Alert color="red" role="alert">
              {failureOf(report.error).message}
            </Alert>
          ) : null}
          <Radio.Group
            label="What is wrong?"
            value={category}
            onChange={(value) => setCategory(value as Category)}
            error={missing && !category ? 'Choose what is wrong.' : null}
          >
            <Stack gap={8} mt={8}>
              {CATEGORIES.map(([value, label]) => (
                <Radio key={value} value={value} label={label} />
              ))}
            </Stack>
          </Radio.Group>
          <Textarea
            label="In your words"
            description="Optional. Name the part you mean."
            value={details}
            onChange={(event) => setDetails(event.currentTarget.value)}
            autosize
            minRows={2}
            maxRows={8}
            maxLength={2_000}
          />
          {earlier.data && earlier.data.length > 0 ? (
            <div>
              <Text size="sm" c="dimmed">
                You have reported
              </Text>
              <ul className={classes.reported}>
                {earlier.data.map((each) => (
                  <li key={each.createdAt.toISOString()}>
                    {PROBLEM_CATEGORIES[each.category as Category]}, <Age at={each.createdAt} />
                  </li>
                ))}
              </ul>
            </div>
          ) : null}
          <Group justify="flex-end">
            <Button variant="subtle" color="gray" onClick={props.onGiveBack}>
              Give the task back instead
            </Button>
            <Button type="submit" loading={report.isPending}>
              Report
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
