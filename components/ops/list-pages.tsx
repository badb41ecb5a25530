import { Button, Group } from '@mantine/core';

/** The way through a list that is read from the newest on, by its address. */
export function ListPages(props: {
  isFirst: boolean;
  next: string | null | undefined;
  onGo: (after: string | null) => void;
}) {
  const { isFirst, next, onGo } = props;
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
