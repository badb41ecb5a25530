import { Button, Group } from '@mantine/core';
import { useState } from 'react';

/** Where one is in a list that comes in pages, newest first. */
export function usePages() {
  const [cursors, setCursors] = useState<string[]>([]);
  const after = cursors.at(-1);
  return {
    /** What the question for this page adds: nothing on the first. */
    query: after ? { after } : {},
    isFirst: after === undefined,
    toFirst: () => setCursors([]),
    newer: () => setCursors((before) => before.slice(0, -1)),
    // Pressed twice before the page is there, it is one step.
    older: (cursor: string) =>
      setCursors((before) => (before.at(-1) === cursor ? before : [...before, cursor])),
  };
}

/**
 * The way to newer and older pages, at the foot of a card; nothing where there is one page.
 * @param next the cursor of the next page, as the list says it.
 * @param words what the two ways are called, where the list is not newest first.
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
