import { Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { Icon } from '@/components/ui/icons';
import classes from './onboarding.module.css';

/** One step of the way in, ticked off when it is done. */
export function Step(props: {
  number: number;
  done: boolean;
  title: string;
  about: string;
  children: ReactNode;
}) {
  const headingId = `step-${props.number}`;
  return (
    <li className={classes.step} aria-labelledby={headingId}>
      <span className={classes.mark} data-done={props.done || undefined} aria-hidden="true">
        {props.done ? <Icon name="check" size={15} /> : props.number}
      </span>
      <div style={{ minWidth: 0 }}>
        <Title order={2} size="h3" id={headingId}>
          {props.title}
          {props.done ? <span className="visually-hidden"> (done)</span> : null}
        </Title>
        <Text c="dimmed" size="sm" mt={2} mb="md">
          {props.about}
        </Text>
        {props.children}
      </div>
    </li>
  );
}
