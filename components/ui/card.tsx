import { Group, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './surface.module.css';

/** A titled block of a page. `flush` leaves the padding to the content, such as a table. */
export function Card(props: {
  title?: string;
  aside?: ReactNode;
  flush?: boolean;
  children: ReactNode;
}) {
  const head = props.title ? (
    <Group justify="space-between" px={props.flush ? 20 : 0} pt={props.flush ? 16 : 0} pb={12}>
      <Title order={2} size="h3">
        {props.title}
      </Title>
      {props.aside}
    </Group>
  ) : null;
  return (
    <section className={`${classes.card} ${props.flush ? '' : classes.padded}`}>
      {head}
      {props.children}
    </section>
  );
}

/** The text of a flush card that has no rows. */
export function CardNote({ children }: { children: ReactNode }) {
  return (
    <Text size="sm" c="dimmed" px={20} pb={20}>
      {children}
    </Text>
  );
}
