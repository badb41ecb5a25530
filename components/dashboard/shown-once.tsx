import { Button, CopyButton, Group, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { Icon } from '@/components/ui/icons';
import classes from './settings.module.css';

/** A secret at the only time it is shown, with a button that copies it. */
export function ShownOnce(props: {
  text: string;
  testId: string;
  children: ReactNode;
  onDone: () => void;
}) {
  return (
    <Stack gap="md">
      <Text size="sm">{props.children}</Text>
      <code className={classes.secret} data-testid={props.testId}>
        {props.text}
      </code>
      <Group justify="flex-end">
        <CopyText text={props.text} />
        <Button onClick={props.onDone}>Done</Button>
      </Group>
    </Stack>
  );
}

/** A button that copies a text, and says so for a while. */
export function CopyText({ text, label = 'Copy' }: { text: string; label?: string }) {
  return (
    <CopyButton value={text} timeout={4_000}>
      {({ copied, copy }) => (
        <Button
          variant="default"
          onClick={copy}
          leftSection={<Icon name={copied ? 'check' : 'copy'} />}
        >
          {copied ? 'Copied' : label}
        </Button>
      )}
    </CopyButton>
  );
}
