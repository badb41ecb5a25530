'use client';

import { Stack } from '@mantine/core';
import { SegmentedControl } from '@/components/ui/inputs/segmented-control';
import { CodeBlock } from './code-block';
import { chooseLanguage, LANGUAGES, type Language, useLanguage } from './use-language';

/**
 * The same program in each language; which one is shown is remembered on all pages.
 * @param props.does what the program does, such as `sends a task`; names it for screen readers.
 */
export function CodeTabs(props: {
  code: (language: Language) => string;
  does: string;
  maxHeight?: number;
}) {
  const language = useLanguage();
  const label = LANGUAGES.find(({ value }) => value === language)?.label ?? '';
  return (
    <Stack gap={8}>
      <div>
        <SegmentedControl
          size="xs"
          aria-label="Language"
          value={language}
          onChange={(value) => chooseLanguage(value as Language)}
          data={[...LANGUAGES]}
        />
      </div>
      <CodeBlock
        code={props.code(language)}
        label={`the ${label} that ${props.does}`}
        maxHeight={props.maxHeight}
      />
    </Stack>
  );
}
