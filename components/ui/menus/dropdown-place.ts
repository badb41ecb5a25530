/** The side of its button that a dropdown opens to, and the edge that both share. */
export type Side = 'bottom-start' | 'bottom-end' | 'top-start';

interface Size {
  width: number;
  height: number;
}

const GAP = 8;
const MARGIN = 8;

/**
 * Where a dropdown goes, in pixels of the window: on its side of the button, on the other one where only that has the room,
 * and never past the window's edges.
 */
export function dropdownPlace(
  side: Side,
  button: Pick<DOMRect, 'left' | 'right' | 'top' | 'bottom'>,
  size: Size,
  view: Size,
): { left: number; top: number } {
  const above = button.top - GAP - size.height;
  const below = button.bottom + GAP;
  const fitsAbove = above >= MARGIN;
  const fitsBelow = below + size.height <= view.height - MARGIN;
  const goesUp = side === 'top-start' ? fitsAbove || !fitsBelow : fitsAbove && !fitsBelow;
  const left = side === 'bottom-end' ? button.right - size.width : button.left;
  const within = (at: number, most: number) => Math.max(MARGIN, Math.min(at, most - MARGIN));
  return {
    left: within(left, view.width - size.width),
    top: within(goesUp ? above : below, view.height - size.height),
  };
}
