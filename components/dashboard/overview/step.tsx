import { Text } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from '@/components/dashboard/dashboard.module.css';
import { Icon } from '@/components/ui/icons';

/** One step of a checklist, ticked off when it is done. */
export function Step(props: { number: number; done: boolean; title: string; children: ReactNode }) {
  return (
    <li className={classes.step}>
      <span className={classes.stepMark} data-done={props.done || undefined}>
        {props.done ? <Icon name="check" size={13} /> : props.number}
      </span>
      <div style={{ minWidth: 0 }}>
        <Text fw={500}>
          {props.title}
          {props.done ? <span className="visually-hidden"> (done)</span> : null}
        </Text>
        {props.children}
      </div>
    </li>
  );
}
