import { Flex, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './surface.module.css';

/** What an empty list shows: why it is empty, and what to do. */
export function EmptyState(props: {
  icon?: ReactNode;
  title: string;
  children?: ReactNode;
  action?: ReactNode;
}) {
  return (
    <Flex direction="column" align="center" gap={16} py={56} px={24}>
      {props.icon ? <div className={classes.emptyIcon}>{props.icon}</div> : null}
      <Stack gap={4} align="center">
        <Title order={3}>{props.title}</Title>
        {props.children ? (
          <Text c="dimmed" maw={420} ta="center">
            {props.children}
          </Text>
        ) : null}
      </Stack>
      {props.action}
    </Flex>
  );
}
