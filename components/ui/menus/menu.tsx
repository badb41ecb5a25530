'use client';

import Link from 'next/link';
import { createContext, type KeyboardEvent, type ReactNode, use } from 'react';
import { Icon } from '@/components/ui/icons';
import { Dropdown, type OpensDropdown } from './dropdown';
import classes from './dropdown.module.css';
import type { Side } from './dropdown-place';
import { itemForKey } from './menu-keys';

const ITEMS = '[role^="menuitem"]:not(:disabled)';

/** Closes the menu that an item is in. */
const Close = createContext(() => {});

/** A menu of `MenuItem`s and `MenuLink`s that opens from a button, by pointer and by keyboard. */
export function Menu(props: {
  button: (opens: OpensDropdown) => ReactNode;
  side?: Side;
  width?: number;
  children: ReactNode;
}) {
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const items = [...event.currentTarget.querySelectorAll<HTMLElement>(ITEMS)];
    const at = items.findIndex((item) => item === document.activeElement);
    const names = items.map((item) => item.textContent);
    const next = itemForKey(event.key, names, at);
    // A letter is meant for the menu, even where it names none of its items.
    if (next === null && (event.key.length > 1 || event.key === ' ')) return;
    event.preventDefault();
    if (next !== null) items[next]?.focus();
  };
  return (
    <Dropdown
      role="menu"
      side={props.side}
      width={props.width}
      button={props.button}
      first={ITEMS}
      onKeyDown={onKeyDown}
    >
      {(close) => <Close value={close}>{props.children}</Close>}
    </Dropdown>
  );
}

interface ItemParts {
  children: ReactNode;
  /** Before its words. */
  icon?: ReactNode;
  /** After its words. */
  aside?: ReactNode;
}

function Parts({ icon, children, aside }: ItemParts) {
  return (
    <>
      {icon}
      <span className={classes.itemText}>{children}</span>
      {aside}
    </>
  );
}

/** Something to do, which closes the menu. */
export function MenuItem({
  onClick,
  disabled,
  isDanger,
  ...parts
}: ItemParts & { onClick: () => void; disabled?: boolean; isDanger?: boolean }) {
  const close = use(Close);
  return (
    <button
      type="button"
      role="menuitem"
      tabIndex={-1}
      className={classes.item}
      data-danger={isDanger || undefined}
      disabled={disabled}
      onClick={() => {
        // First, so that a dialog which opens by it finds the cursor on the menu's button.
        close();
        onClick();
      }}
    >
      <Parts {...parts} />
    </button>
  );
}

/** One of several, of which one holds; the menu stays open for another look. */
export function MenuChoice({
  isChosen,
  onClick,
  ...parts
}: ItemParts & { isChosen: boolean; onClick: () => void }) {
  return (
    <button
      type="button"
      role="menuitemradio"
      aria-checked={isChosen}
      tabIndex={-1}
      className={classes.item}
      onClick={onClick}
    >
      <span className={classes.tick}>{isChosen ? <Icon name="check" size={12} /> : null}</span>
      <Parts {...parts} />
    </button>
  );
}

/** Somewhere to go, or with `download` a file to keep. */
export function MenuLink({
  href,
  download,
  prefetch,
  ...parts
}: ItemParts & { href: string; download?: boolean; prefetch?: false }) {
  const close = use(Close);
  const given = { href, role: 'menuitem', tabIndex: -1, className: classes.item, onClick: close };
  return download ? (
    <a {...given} download>
      <Parts {...parts} />
    </a>
  ) : (
    <Link {...given} prefetch={prefetch}>
      <Parts {...parts} />
    </Link>
  );
}

/** What the items below it have in common. */
export function MenuLabel({ children }: { children: ReactNode }) {
  return <div className={classes.label}>{children}</div>;
}

export function MenuDivider() {
  return <hr className={classes.divider} />;
}
