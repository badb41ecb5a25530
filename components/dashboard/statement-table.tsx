import { Anchor, Box, Text } from '@mantine/core';
import { humanise } from '@/components/ui/humanise';
import { PromptLink } from '@/components/ui/prompt-link';
import type { StatementLine } from '@/server/features/ledger/schema';
import dashboard from './dashboard.module.css';
import classes from './settings.module.css';

const SIGNED = new Intl.NumberFormat('en-US', { signDisplay: 'exceptZero' });

const KINDS: Record<string, string> = {
  credit: 'Credited by the operator',
  credit_reversal: 'Credit taken back',
};

/** Postings as lines: when, why, about what, and how they moved the two balances. */
export function StatementTable({
  lines,
  links = true,
}: {
  lines: StatementLine[];
  /** Whether the reader may open the tasks. */
  links?: boolean;
}) {
  if (lines.length === 0) {
    return (
      <Text size="sm" c="dimmed" p={20} pt={0}>
        Nothing has moved yet.
      </Text>
    );
  }
  return (
    // A region that scrolls must be reachable by keyboard.
    <Box
      component="section"
      className={classes.scroll}
      aria-label="Lines of the statement"
      tabIndex={0}
    >
      <table className={classes.table}>
        <thead>
          <tr>
            <th>When (UTC)</th>
            <th>What</th>
            <th>About</th>
            <th className={classes.number}>Available</th>
            <th className={classes.number}>Held</th>
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <tr key={line.id}>
              <td className="tabular" style={{ whiteSpace: 'nowrap' }}>
                {line.created_at.slice(0, 19).replace('T', ' ')}
              </td>
              <td>{KINDS[line.kind] ?? humanise(line.kind)}</td>
              {line.reason === null ? (
                <td className={dashboard.mono}>
                  <Reference reference={line.reference} links={links} />
                </td>
              ) : (
                <td style={{ minWidth: 200 }}>{line.reason}</td>
              )}
              <td className={classes.number}>{SIGNED.format(line.available_sats)}</td>
              <td className={classes.number}>{SIGNED.format(line.held_sats)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Box>
  );
}

function Reference({ reference, links }: { reference: string; links: boolean }) {
  const [noun, id] = reference.split(':');
  // A gold that a worker was given is no task of the customer's, so there is no page to go to.
  if (noun === 'gold' && id) return `gold ${id.slice(0, 13)}…`;
  // Its payment hash, which nobody reads to the end.
  if (noun === 'deposit' && id?.length === 64) return `deposit ${id.slice(0, 13)}…`;
  if (noun !== 'task' || !id) return reference;
  if (!links) return `task ${id.slice(0, 13)}…`;
  return (
    <Anchor component={PromptLink} href={`/dashboard/tasks/${id}`} size="sm" inherit>
      {id.slice(0, 13)}…
    </Anchor>
  );
}
