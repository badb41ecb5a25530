'use client';

import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { Icon } from '@/components/ui/icons';
import type { SearchHit } from '@/server/docs/search';
import classes from './docs.module.css';
import { useDocsSearch } from './use-docs-search';

/**
 * Full-text search over the documentation, by its button, `/` or Ctrl K. The page's script opens it, and fetches what searches; what
 * was typed until then counts.
 */
export function DocsSearch() {
  const dialog = useRef<HTMLDialogElement>(null);
  const field = useRef<HTMLInputElement>(null);
  const [query, setQuery] = useState('');
  const [at, setAt] = useState(0);
  const { hits, state } = useDocsSearch(query);
  useEffect(() => setQuery(field.current?.value ?? ''), []);
  const open = (hit: SearchHit) => {
    dialog.current?.close();
    window.location.assign(hit.href);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const hit = hits[at];
    if (step && hits.length > 0) setAt((at + step + hits.length) % hits.length);
    else if (event.key === 'Enter' && hit) open(hit);
    // A search field would only be emptied.
    else if (event.key === 'Escape') dialog.current?.close();
    else return;
    event.preventDefault();
  };
  return (
    <>
      <button
        type="button"
        className={classes.searchButton}
        // On a phone its words are not shown.
        aria-label="Search"
        aria-haspopup="dialog"
        data-opens-search
      >
        <Icon name="search" />
        <span>Search</span>
        <kbd>/</kbd>
      </button>
      <dialog
        ref={dialog}
        data-search
        className={classes.search}
        aria-label="Search the documentation"
        // What is clicked outside of what the dialog holds is the dialog itself.
        onClick={(event) => event.target === event.currentTarget && event.currentTarget.close()}
        onKeyDown={() => undefined}
      >
        <div className={classes.searchBox}>
          <Icon name="search" />
          <input
            ref={field}
            type="search"
            placeholder="Search the documentation"
            aria-label="Search the documentation"
            role="combobox"
            aria-expanded={hits.length > 0}
            aria-controls="docs-hits"
            aria-activedescendant={hits.length > 0 ? `docs-hit-${at}` : undefined}
            maxLength={100}
            value={query}
            onChange={(event) => {
              setQuery(event.currentTarget.value);
              setAt(0);
            }}
            onKeyDown={onKeyDown}
          />
        </div>
        <div
          id="docs-hits"
          role="listbox"
          aria-label="Found"
          className={classes.hits}
          tabIndex={-1}
        >
          {hits.map((hit, index) => (
            <div
              key={hit.href}
              id={`docs-hit-${index}`}
              role="option"
              tabIndex={-1}
              aria-selected={index === at}
              onMouseMove={() => setAt(index)}
              onClick={() => open(hit)}
              onKeyDown={() => undefined}
            >
              <strong>{hit.section || hit.page}</strong>
              {hit.section ? <em>{hit.page}</em> : null}
              <p>{hit.excerpt}</p>
            </div>
          ))}
        </div>
        <p
          role="status"
          className={classes.searchState}
          data-fault="The search could not be fetched. Close it and open it again."
          suppressHydrationWarning
        >
          {state}
        </p>
      </dialog>
    </>
  );
}
