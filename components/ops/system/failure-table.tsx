import { Button, Code, Table, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './system.module.css';

/**
 * What failed, each with its error and a way to try it again.
 * @param columns all but the last one, which holds the buttons.
 * @param children the rows, of the cells below and of others.
 */
export function FailureTable(props: {
  columns: readonly string[];
  minWidth: number;
  children: ReactNode;
}) {
  return (
    <Table.ScrollContainer minWidth={props.minWidth}>
      <Table verticalSpacing="sm" horizontalSpacing={20}>
        <Table.Thead>
          <Table.Tr>
            {props.columns.map((column) => (
              <Table.Th key={column}>{column}</Table.Th>
            ))}
            <Table.Th aria-label="Actions" />
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>{props.children}</Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

/** What failed by its name, with when below it. */
export function NameCell({ name, children }: { name: string; children: ReactNode }) {
  return (
    <Table.Td>
      <Text size="sm" fw={500}>
        {name}
      </Text>
      <Text size="xs" c="dimmed">
        {children}
      </Text>
    </Table.Td>
  );
}

export function ErrorCell({ error }: { error: string | null }) {
  return (
    <Table.Td>
      <Code className={classes.error} tabIndex={0}>
        {error}
      </Code>
    </Table.Td>
  );
}

/** @param name what the button is called where it is read without its row. */
export function AgainCell(props: {
  label: string;
  name: string;
  busy: boolean;
  onClick: () => void;
}) {
  const { label, name, busy, onClick } = props;
  return (
    <Table.Td>
      <Button size="xs" variant="default" aria-label={name} loading={busy} onClick={onClick}>
        {label}
      </Button>
    </Table.Td>
  );
}
