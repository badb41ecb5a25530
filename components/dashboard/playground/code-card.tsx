'use client';

import { Stack, Text } from '@mantine/core';
import { Card } from '@/components/ui/card';
import { CodeTabs } from '@/components/ui/code/code-tabs';
import type { CreateTask } from '@/server/features/tasks/schema';
import { sendTask } from '../snippets/send-task';

/** The program that sends exactly this request. */
export function CodeCard({
  request,
  publicUrl,
}: {
  request: CreateTask | null;
  publicUrl: string;
}) {
  return (
    <Card title="Code">
      {request ? (
        <Stack gap={10}>
          <CodeTabs
            code={(language) => sendTask(language, { key: null, publicUrl }, request)}
            does="sends this request"
            maxHeight={420}
          />
          <Text size="xs" c="dimmed">
            It reads the key from <code>HUMANRAIL_API_KEY</code>, so you can show it to anybody.
          </Text>
        </Stack>
      ) : (
        <Text size="sm" c="dimmed">
          The code shows here once the request is whole.
        </Text>
      )}
    </Card>
  );
}
