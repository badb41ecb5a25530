'use client';

import { Button, Group, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { useState } from 'react';
import classes from '@/components/dashboard/task-types/task-types.module.css';
import { failureOf } from '@/components/trpc/failure';
import { LONG_INPUT, useTRPC } from '@/components/trpc/trpc-provider';
import { Card } from '@/components/ui/card';
import { JsonBlock } from '@/components/ui/code/code-block';
import { Select } from '@/components/ui/inputs/select';
import { Age } from '@/components/ui/values/now';
import type { Rule } from '@/server/features/task-types/schema';
import type { RuleTest } from '@/server/features/verification/schema';

/** What the rules, as they are written now, would have made of the type's last answers. */
export function RuleTestCard({ type, rules }: { type: string; rules: Rule[] }) {
  const trpc = useTRPC();
  const [limit, setLimit] = useState('200');
  const [asked, setAsked] = useState<{ type: string; rules: Rule[]; limit: number } | null>(null);
  const test = useQuery(
    trpc.rules.test.queryOptions(asked ?? { type, rules, limit: 1 }, {
      enabled: asked !== null,
      retry: false,
      staleTime: 0,
      trpc: LONG_INPUT,
    }),
  );
  const isStale = asked !== null && JSON.stringify(asked.rules) !== JSON.stringify(rules);
  return (
    <Card title="Test on past answers">
      <Stack gap="md">
        <Group gap="sm" align="flex-end">
          <Select
            aria-label="How many answers"
            w={180}
            data={[
              { value: '50', label: 'Last 50 answers' },
              { value: '200', label: 'Last 200 answers' },
              { value: '1000', label: 'Last 1,000 answers' },
            ]}
            value={limit}
            onChange={(value) => setLimit(value ?? '200')}
          />
          <Button
            variant="default"
            disabled={rules.length === 0}
            loading={test.isFetching}
            onClick={() => setAsked({ type, rules, limit: Number(limit) })}
          >
            Test the rules
          </Button>
          {isStale ? (
            <Text size="sm" c="dimmed">
              The rules have changed since.
            </Text>
          ) : null}
        </Group>
        {rules.length === 0 ? (
          <Text size="sm" c="dimmed">
            Add a rule first.
          </Text>
        ) : null}
        {asked && test.error ? (
          <Text size="sm" c="var(--urgent-text)" role="alert">
            {failureOf(test.error).message}
          </Text>
        ) : null}
        {asked && test.data ? <TestResult test={test.data} /> : null}
      </Stack>
    </Card>
  );
}

function TestResult({ test }: { test: RuleTest }) {
  if (test.tested === 0) {
    return (
      <Text size="sm" role="status">
        No answers of this type have come in yet, so there is nothing to test on.
      </Text>
    );
  }
  return (
    <Stack gap="sm" data-testid="rule-test">
      <Text size="sm" role="status">
        Of the last {test.tested} answers, <strong>{test.passed} would pass</strong> and{' '}
        <strong>{test.rejected} would be rejected</strong>
        {test.acceptedBefore > 0 ? `, ${test.acceptedBefore} of which had been accepted` : ''}.
      </Text>
      {test.rules.map((rule) => (
        <Text key={rule.id} size="sm" c="dimmed">
          <code>{rule.id}</code>: held by {rule.holds}, broken by {rule.broken}, did not concern{' '}
          {rule.notApplicable}
          {rule.errors > 0 ? `, could not be run on ${rule.errors}: ${rule.error}` : ''}
        </Text>
      ))}
      {test.examples.map((example) => (
        <div key={example.answerId} className={classes.rule}>
          <Group gap="md" mb={8}>
            <Link href={`/dashboard/tasks/${example.taskId}`}>See the task</Link>
            <Text size="sm" c="dimmed">
              <Age at={example.answeredAt.toISOString()} />
              {example.wasAccepted ? ', accepted then' : ''}
            </Text>
          </Group>
          <JsonBlock
            value={example.output}
            label="an answer that would be rejected"
            maxHeight={160}
          />
          {example.broken.map(({ id, message }) => (
            <Text key={id} size="sm" mt={6}>
              <code>{id}</code>: {message}
            </Text>
          ))}
        </div>
      ))}
    </Stack>
  );
}
