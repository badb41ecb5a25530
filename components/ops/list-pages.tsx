import { Button, Group } from '@mantine/core';

/** Links through a list that is read newest first, kept in the address. */
export function ListPages(props: {
  filter: { after?: string };
  /** The page on show, once it is there. */
  page: { next_cursor: string | null } | undefined;
  onChange: (changes: { after: string | null }) => void;
}) {
  const isFirst = !props.filter.after;
  const next = props.page?.next_cursor;
  const onGo = (after: string | null) => props.onChange({ after });
  if (isFirst && !next) return null;
  return (
    <Group justify="space-between" mt="md">
      {isFirst ? (
        <span />
      ) : (
        <Button variant="default" onClick={() => onGo(null)}>
          Newest
        </Button>
      )}
      {next ? (
        <Button variant="default" onClick={() => onGo(next)}>
          Older
        </Button>
      ) : null}
    </Group>
  );
}
