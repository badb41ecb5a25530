import { Button, Group } from '@mantine/core';
import { useState } from 'react';

/** The position in a paginated list, newest first. */
export function usePages() {
  const [cursors, setCursors] = useState<string[]>([]);
  const after = cursors.at(-1);
  return {
    /** The cursor of this page's query; empty on the first page. */
    query: after ? { after } : {},
    isFirst: after === undefined,
    toFirst: () => setCursors([]),
    newer: () => setCursors((before) => before.slice(0, -1)),
    // Pressing twice before the page has loaded is one step.
    older: (cursor: string) =>
      setCursors((before) => (before.at(-1) === cursor ? before : [...before, cursor])),
  };
}

/**
 * Buttons for newer and older pages at the end of a card; nothing if there is only one page.
 * @param next the cursor of the next page.
 * @param words the labels of the buttons, for lists that are not newest first.
 */
export function Pager(props: {
  pages: Pick<ReturnType<typeof usePages>, 'isFirst' | 'newer' | 'older'>;
  next: string | null | undefined;
  words?: { back: string; on: string };
}) {
  const { pages, next, words = { back: 'Newer', on: 'Older' } } = props;
  if (pages.isFirst && !next) return null;
  return (
    <Group justify="space-between" p="md">
      <Button size="xs" variant="default" disabled={pages.isFirst} onClick={pages.newer}>
        {words.back}
      </Button>
      <Button
        size="xs"
        variant="default"
        disabled={!next}
        onClick={() => next && pages.older(next)}
      >
        {words.on}
      </Button>
    </Group>
  );
}
