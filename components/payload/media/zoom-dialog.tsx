'use client';

import { ActionIcon, Box, Group, Image } from '@mantine/core';
import { type KeyboardEvent, useRef, useState } from 'react';
import classes from '@/components/payload/payload.module.css';
import { Dialog } from '@/components/ui/dialogs/dialog';
import { Icon } from '@/components/ui/icons';

const SCALE_MAX = 8;
const STEP = 1.5;
const PAN_PX = 60;

interface View {
  scale: number;
  x: number;
  y: number;
}

const WHOLE: View = { scale: 1, x: 0, y: 0 };

function zoomed(view: View, by: number): View {
  const scale = Math.min(SCALE_MAX, Math.max(1, view.scale * by));
  if (scale === 1) return WHOLE;
  const ratio = scale / view.scale;
  return { scale, x: view.x * ratio, y: view.y * ratio };
}

/** What the keys do: plus and minus zoom, 0 shows the whole, arrows move. */
const KEYS: Record<string, (view: View) => View> = {
  '+': (view) => zoomed(view, STEP),
  '=': (view) => zoomed(view, STEP),
  '-': (view) => zoomed(view, 1 / STEP),
  '0': () => WHOLE,
  ArrowLeft: (view) => moved(view, PAN_PX, 0),
  ArrowRight: (view) => moved(view, -PAN_PX, 0),
  ArrowUp: (view) => moved(view, 0, PAN_PX),
  ArrowDown: (view) => moved(view, 0, -PAN_PX),
};

function moved(view: View, x: number, y: number): View {
  return view.scale === 1 ? view : { ...view, x: view.x + x, y: view.y + y };
}

/** A picture over the whole screen, to be zoomed and moved by keys, wheel, mouse and fingers. */
export function ZoomDialog(props: {
  opened: boolean;
  address: string;
  label: string;
  onClose: () => void;
}) {
  const [view, setView] = useState(WHOLE);
  const fingers = useFingers(setView);
  const onKeyDown = (event: KeyboardEvent) => {
    const change = event.ctrlKey || event.metaKey || event.altKey ? undefined : KEYS[event.key];
    if (!change) return;
    event.preventDefault();
    setView(change);
  };
  return (
    <Dialog
      opened={props.opened}
      onClose={props.onClose}
      onExitTransitionEnd={() => setView(WHOLE)}
      title={props.label}
      fullScreen
      closeButtonProps={{ 'aria-label': 'Close' }}
      classNames={{ body: classes.zoomBody, content: classes.zoomContent }}
      onKeyDown={onKeyDown}
    >
      <Group gap={6} mb={8} justify="center">
        <ActionIcon
          variant="default"
          size="lg"
          aria-label="Zoom out"
          onClick={() => setView((now) => zoomed(now, 1 / STEP))}
        >
          <Icon name="minus" />
        </ActionIcon>
        <span role="status" className={classes.zoomScale}>
          {Math.round(view.scale * 100)} %
        </span>
        <ActionIcon
          variant="default"
          size="lg"
          aria-label="Zoom in"
          data-autofocus
          onClick={() => setView((now) => zoomed(now, STEP))}
        >
          <Icon name="plus" />
        </ActionIcon>
      </Group>
      <Box
        className={classes.zoomFrame}
        data-zoomed={view.scale > 1 || undefined}
        onWheel={(event) => setView((now) => zoomed(now, event.deltaY < 0 ? 1.15 : 1 / 1.15))}
        onDoubleClick={() => setView((now) => (now.scale > 1 ? WHOLE : zoomed(now, 3)))}
        {...fingers}
      >
        <Image
          src={props.address}
          alt={props.label}
          className={classes.zoomed}
          draggable={false}
          style={{ transform: `translate(${view.x}px, ${view.y}px) scale(${view.scale})` }}
        />
      </Box>
      <p className={classes.zoomKeys}>Keys: + and − zoom, 0 shows the whole, arrows move.</p>
    </Dialog>
  );
}

type Change = (change: (view: View) => View) => void;

/** One finger or the mouse moves, two fingers zoom. */
function useFingers(change: Change) {
  const at = useRef(new Map<number, { x: number; y: number }>());
  const apart = () => {
    const [a, b] = [...at.current.values()];
    return a && b ? Math.hypot(a.x - b.x, a.y - b.y) : null;
  };
  const lift = (event: React.PointerEvent) => void at.current.delete(event.pointerId);
  return {
    onPointerDown: (event: React.PointerEvent) => {
      event.currentTarget.setPointerCapture(event.pointerId);
      at.current.set(event.pointerId, { x: event.clientX, y: event.clientY });
    },
    onPointerMove: (event: React.PointerEvent) => {
      const before = at.current.get(event.pointerId);
      if (!before) return;
      const distance = apart();
      const now = { x: event.clientX, y: event.clientY };
      at.current.set(event.pointerId, now);
      const next = apart();
      if (distance && next) change((view) => zoomed(view, next / distance));
      else change((view) => moved(view, now.x - before.x, now.y - before.y));
    },
    onPointerUp: lift,
    onPointerCancel: lift,
  };
}
