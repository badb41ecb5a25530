import { type PointerEvent as ReactPointerEvent, useEffect, useRef, useState } from 'react';

/** What is dragged: an entry of the list by its place, or an option that is to be put into it. */
export type Dragged = { from: 'list'; index: number } | { from: 'options'; value: unknown };

/** A drag under way: how far it went, and before which entry it would land; null outside the list. */
interface Drag {
  what: Dragged;
  byX: number;
  byY: number;
  before: number | null;
}

/** A press that moves less is a click. */
const SLOP_PX = 5;
/** How far beside the list a drop still counts. */
const NEAR_PX = 40;

/** Before which entry of the list a point lies. */
function placeAt(list: HTMLElement, x: number, y: number): number | null {
  const frame = list.getBoundingClientRect();
  const isNear =
    x > frame.left - NEAR_PX &&
    x < frame.right + NEAR_PX &&
    y > frame.top - NEAR_PX &&
    y < frame.bottom + NEAR_PX;
  if (!isNear) return null;
  const rows = [...list.querySelectorAll('[data-row]')];
  const at = rows.findIndex((row) => {
    const { top, height } = row.getBoundingClientRect();
    return y < top + height / 2;
  });
  return at === -1 ? rows.length : at;
}

/**
 * Drags entries of a list by pointer: a mouse anywhere on them, a finger by their grip, so that the
 * page can still be scrolled.
 */
export function useSequenceDrag(onDrop: (what: Dragged, before: number) => void) {
  const list = useRef<HTMLOListElement>(null);
  const [drag, setDrag] = useState<Drag | null>(null);
  const stop = useRef<(() => void) | null>(null);
  const drop = useRef(onDrop);
  useEffect(() => {
    drop.current = onDrop;
  });
  useEffect(() => () => stop.current?.(), []);

  const begin = (event: ReactPointerEvent<HTMLElement>, what: Dragged) => {
    const target = event.target instanceof Element ? event.target : null;
    if (event.button !== 0 || !list.current || stop.current) return;
    if (what.from === 'list' && target?.closest('button')) return;
    if (event.pointerType === 'touch' && !target?.closest('[data-grip]')) return;
    const { clientX, clientY, pointerId } = event;
    let latest: Drag | null = null;
    const move = (next: PointerEvent) => {
      if (next.pointerId !== pointerId || !list.current) return;
      const byX = next.clientX - clientX;
      const byY = next.clientY - clientY;
      if (!latest && Math.hypot(byX, byY) < SLOP_PX) return;
      next.preventDefault();
      latest = { what, byX, byY, before: placeAt(list.current, next.clientX, next.clientY) };
      setDrag(latest);
    };
    const end = (next: PointerEvent | KeyboardEvent) => {
      if (next instanceof PointerEvent && next.pointerId !== pointerId) return;
      if (next instanceof KeyboardEvent && next.key !== 'Escape') return;
      stop.current?.();
      if (next.type === 'pointerup' && latest && latest.before !== null) {
        drop.current(what, latest.before);
      }
    };
    // The click that ends a drag presses nothing.
    const swallow = (click: MouseEvent) => {
      if (!latest) return;
      click.preventDefault();
      click.stopPropagation();
    };
    stop.current = () => {
      stop.current = null;
      window.removeEventListener('pointermove', move);
      for (const name of ['pointerup', 'pointercancel', 'keydown'] as const) {
        window.removeEventListener(name, end);
      }
      // The click comes right after the pointer is up.
      setTimeout(() => window.removeEventListener('click', swallow, true));
      setDrag(null);
    };
    window.addEventListener('pointermove', move);
    for (const name of ['pointerup', 'pointercancel', 'keydown'] as const) {
      window.addEventListener(name, end);
    }
    window.addEventListener('click', swallow, true);
  };
  return { list, drag, begin };
}
