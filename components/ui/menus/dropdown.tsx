'use client';

import {
  type CSSProperties,
  type KeyboardEvent,
  type ReactNode,
  type Ref,
  useEffect,
  useId,
  useRef,
  useState,
} from 'react';
import classes from './dropdown.module.css';
import { dropdownPlace, type Side } from './dropdown-place';

/** What makes a button open a dropdown. */
export interface OpensDropdown {
  ref: Ref<HTMLButtonElement>;
  id: string;
  popoverTarget: string;
  'aria-haspopup': 'menu' | 'dialog';
  'aria-expanded': boolean;
}

interface DropdownProps {
  role: 'menu' | 'dialog';
  side?: Side | undefined;
  width?: number | undefined;
  /** Renders the button, which names the dropdown. */
  button: (opens: OpensDropdown) => ReactNode;
  /** Selects what has the cursor first. */
  first: string;
  onKeyDown?: (event: KeyboardEvent<HTMLDivElement>) => void;
  children: (close: () => void) => ReactNode;
}

/**
 * What opens from a button, over the page. The browser does most of it, as of every popover: a press outside and Escape
 * close it, and the button gets the cursor back.
 */
export function Dropdown(props: DropdownProps) {
  const { role, side = 'bottom-start', first } = props;
  const id = useId();
  const button = useRef<HTMLButtonElement>(null);
  const box = useRef<HTMLDivElement>(null);
  const [isOpen, setIsOpen] = useState(false);
  const [isShown, setIsShown] = useState(false);
  const [place, setPlace] = useState<CSSProperties>();
  useEffect(() => {
    const [opener, dropdown] = [button.current, box.current];
    if (!isShown || !opener || !dropdown) return;
    const follow = () =>
      setPlace(
        dropdownPlace(side, opener.getBoundingClientRect(), dropdown.getBoundingClientRect(), {
          width: document.documentElement.clientWidth,
          height: window.innerHeight,
        }),
      );
    follow();
    dropdown.querySelector<HTMLElement>(first)?.focus({ preventScroll: true });
    const leave = ({ relatedTarget }: FocusEvent) => {
      // Of a press on the button the browser itself makes a close.
      if (!(relatedTarget instanceof Node) || relatedTarget === opener) return;
      if (!dropdown.contains(relatedTarget)) dropdown.hidePopover();
    };
    dropdown.addEventListener('focusout', leave);
    window.addEventListener('resize', follow);
    window.addEventListener('scroll', follow, true);
    return () => {
      dropdown.removeEventListener('focusout', leave);
      window.removeEventListener('resize', follow);
      window.removeEventListener('scroll', follow, true);
      setPlace(undefined);
    };
  }, [isShown, side, first]);
  const close = () => {
    // What has the cursor goes away with the dropdown.
    if (box.current?.contains(document.activeElement)) button.current?.focus();
    box.current?.hidePopover();
  };
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    props.onKeyDown?.(event);
    if (event.key !== 'Escape' || event.defaultPrevented) return;
    event.preventDefault();
    close();
  };
  // Listeners of keys take what has this role for open.
  const whileOpen = isOpen ? { role, 'aria-labelledby': `${id}-button`, onKeyDown } : null;
  return (
    <>
      {props.button({
        ref: button,
        id: `${id}-button`,
        popoverTarget: id,
        'aria-haspopup': role,
        'aria-expanded': isOpen,
      })}
      <div
        ref={box}
        id={id}
        popover="auto"
        className={classes.dropdown}
        {...whileOpen}
        data-kind={role}
        data-placed={place !== undefined || undefined}
        style={{ width: props.width, ...place }}
        onBeforeToggle={({ newState }) => setIsOpen(newState === 'open')}
        onToggle={({ newState }) => setIsShown(newState === 'open')}
      >
        {isOpen ? props.children(close) : null}
      </div>
    </>
  );
}
