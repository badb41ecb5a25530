'use client';

import { Button, Group, Text, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useTRPC } from '@/components/trpc/trpc-provider';
import { FormFault } from '@/components/ui/inputs/form-fault';
import { humanise } from '@/components/ui/values/humanise';
import type { CheckTest } from '@/server/features/verification/schema';

interface CheckFieldProps {
  type: string;
  url: string;
  fault: string | undefined;
  onChange: (url: string) => void;
}

/** The URL that judges each answer, and a button that tries it. */
export function CheckField({ type, url, fault, onChange }: CheckFieldProps) {
  const trpc = useTRPC();
  const test = useMutation(trpc.checks.test.mutationOptions());
  const asked = url.trim();
  const isStale = test.variables?.url !== asked;
  return (
    <div>
      <Group gap="sm" align="flex-end" wrap="nowrap">
        <TextInput
          style={{ flex: 1 }}
          label="Check URL"
          description="Yours: it is posted each answer, signed with the callback secret, and says pass, reject or review."
          placeholder="https://example.com/check"
          value={url}
          onChange={(event) => onChange(event.currentTarget.value)}
          error={fault}
          spellCheck={false}
        />
        <Button
          variant="default"
          disabled={asked === ''}
          loading={test.isPending}
          onClick={() => test.mutate({ type, url: asked })}
        >
          Send test
        </Button>
      </Group>
      {isStale || test.isPending ? null : (
        <>
          <FormFault inline mt={6} error={test.error} />
          {test.data ? <TestedCheck test={test.data} /> : null}
        </>
      )}
    </div>
  );
}

function TestedCheck({ test }: { test: CheckTest }) {
  const { verdict, message, error, durationMs } = test;
  if (!verdict) {
    return (
      <Text size="sm" mt={6} c="var(--urgent-text)" role="alert">
        {`No verdict after ${durationMs} ms. ${error ?? ''} Answers would be tried three times, and then go to a reviewer.`}
      </Text>
    );
  }
  return (
    <Text size="sm" mt={6} role="status">
      {`${humanise(verdict)}, after ${durationMs} ms.`}
      {message ? ` It says: ${message}` : ''}
    </Text>
  );
}
