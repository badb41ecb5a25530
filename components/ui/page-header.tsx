import { Group, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';

/** A page's title, what it is for, and its main actions. */
export function PageHeader(props: { title: ReactNode; about?: ReactNode; actions?: ReactNode }) {
  return (
    <Group justify="space-between" align="flex-end" gap="md" mb={24}>
      <div style={{ minWidth: 0 }}>
        <Title order={1}>{props.title}</Title>
        {props.about ? (
          <Text c="dimmed" mt={4} component="div">
            {props.about}
          </Text>
        ) : null}
      </div>
      {props.actions ? <Group gap="sm">{props.actions}</Group> : null}
    </Group>
  );
}
