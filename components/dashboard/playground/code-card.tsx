'use client';

import { SegmentedControl, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { Card } from '@/components/ui/card';
import { CodeBlock } from '@/components/ui/code-block';
import type { CreateTask } from '@/server/features/tasks/schema';
import { LANGUAGES, type Language, snippetOf } from '../snippet';

/** The program that sends exactly this request. */
export function CodeCard({
  request,
  publicUrl,
}: {
  request: CreateTask | null;
  publicUrl: string;
}) {
  const [language, setLanguage] = useState<Language>('python');
  const label = LANGUAGES.find(({ value }) => value === language)?.label ?? '';
  return (
    <Card title="Code">
      <Stack gap={10}>
        <div>
          <SegmentedControl
            size="xs"
            aria-label="Language"
            value={language}
            onChange={(value) => setLanguage(value as Language)}
            data={[...LANGUAGES]}
          />
        </div>
        {request ? (
          <>
            <CodeBlock
              code={snippetOf(language, { key: null, publicUrl, task: request })}
              label={`the ${label} that sends this request`}
              maxHeight={420}
            />
            <Text size="xs" c="dimmed">
              It reads the key from <code>HUMANRAIL_API_KEY</code>, so you can show it to anybody.
            </Text>
          </>
        ) : (
          <Text size="sm" c="dimmed">
            The code shows here once the request is whole.
          </Text>
        )}
      </Stack>
    </Card>
  );
}
