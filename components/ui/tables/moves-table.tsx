import { Text } from '@mantine/core';
import { Fragment, type ReactNode } from 'react';
import classes from './moves-table.module.css';
import table from './scroll-table.module.css';

const SIGNED = new Intl.NumberFormat('en-US', { signDisplay: 'exceptZero' });
const PLAIN = new Intl.NumberFormat('en-US');

export interface Move {
  id: string;
  /** The instant, as ISO 8601 in UTC. */
  at: string;
  what: string;
  about: ReactNode;
  /** By how much each of the two balances moved, and where it stood after that. */
  amounts: readonly [number, number];
  after: readonly [number, number];
}

/** Postings as lines: when, what, about what, and how they moved two balances. */
export function MovesTable(props: {
  label: string;
  moves: readonly Move[];
  /** What the two balances are called. */
  names: readonly [string, string];
  /** What it says where there are no lines. */
  none: string;
}) {
  const { label, moves, names, none } = props;
  if (moves.length === 0) {
    return (
      <Text size="sm" c="dimmed" p={20} pt={0}>
        {none}
      </Text>
    );
  }
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <section className={table.scroll} aria-label={label} tabIndex={0}>
      <table className={`${table.table} ${classes.moves}`}>
        <thead>
          <tr>
            <th scope="col">When (UTC)</th>
            <th scope="col">What</th>
            <th scope="col">About</th>
            {names.map((name) => (
              <Fragment key={name}>
                <th scope="col">{name}</th>
                <th scope="col">
                  <span className="visually-hidden">{name} </span>after it
                </th>
              </Fragment>
            ))}
          </tr>
        </thead>
        <tbody>
          {moves.map((move) => (
            <tr key={move.id}>
              <td>{move.at.slice(0, 19).replace('T', ' ')}</td>
              <td>{move.what}</td>
              <td className={classes.about}>{move.about}</td>
              {names.map((name, i) => (
                <Amounts key={name} amount={move.amounts[i] ?? 0} after={move.after[i] ?? 0} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Amounts({ amount, after }: { amount: number; after: number }) {
  return (
    <>
      <td>{amount === 0 ? '' : SIGNED.format(amount)}</td>
      <td className={classes.after}>{PLAIN.format(after)}</td>
    </>
  );
}
