'use client';
import type { KeyboardEvent } from 'react';
import { ToolButton } from '@/components/task-form/fields/tool-button';
import { Icon } from '@/components/ui/icons';
import classes from './sequence-widget.module.css';

interface SequenceRowProps {
  words: string;
  index: number;
  count: number;
  off: boolean;
  drop: 'before' | 'after' | null;
  offsetPx: number | null;
  onGrab: (event: React.PointerEvent<HTMLElement>) => void;
  onMove: (by: 1 | -1, tool: number) => void;
  onRemove: () => void;
}

/** An entry with its place. Alt with an arrow key moves it, Delete takes it out. */
export function SequenceRow(props: SequenceRowProps) {
  const { words, index, count, off, offsetPx, onMove, onRemove } = props;
  const place = `${words}, number ${index + 1} of ${count}`;
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    if (off) return;
    const by = { ArrowUp: -1, ArrowDown: 1 }[event.key] as 1 | -1 | undefined;
    if (event.altKey && by !== undefined) {
      event.preventDefault();
      event.stopPropagation();
      const tools = [...event.currentTarget.querySelectorAll('button')];
      onMove(by, tools.indexOf(event.target as HTMLButtonElement));
    } else if (event.key === 'Delete' || event.key === 'Backspace') {
      event.preventDefault();
      onRemove();
    }
  };
  return (
    <li
      data-row
      className={classes.row}
      data-drop={props.drop ?? undefined}
      data-dragged={offsetPx !== null || undefined}
      style={offsetPx === null ? undefined : { transform: `translateY(${offsetPx}px)` }}
      onPointerDown={props.onGrab}
      onKeyDown={onKeyDown}
    >
      <span className={classes.grip} data-grip aria-hidden="true">
        <Icon name="chevrons" size={14} />
      </span>
      <span className={classes.number}>{index + 1}.</span>
      <span className={classes.words}>{words}</span>
      {off ? null : (
        <span className={classes.tools}>
          <ToolButton
            icon="up"
            label={`Move ${place} up`}
            isOff={index === 0}
            onPress={() => onMove(-1, 0)}
          />
          <ToolButton
            icon="down"
            label={`Move ${place} down`}
            isOff={index === count - 1}
            onPress={() => onMove(1, 1)}
          />
          <ToolButton icon="cross" label={`Take out ${place}`} onPress={onRemove} />
        </span>
      )}
    </li>
  );
}
