import { Anchor } from '@mantine/core';
import { PromptLink } from '@/components/ui/prompt-link';
import { MovesTable } from '@/components/ui/tables/moves-table';
import { humanise } from '@/components/ui/values/humanise';
import type { StatementGroup, StatementLine } from '@/server/features/ledger/schema';

export const STATEMENT_GROUPS: { value: StatementGroup; label: string }[] = [
  { value: 'paid_in', label: 'Paid in and credited' },
  { value: 'charged', label: 'Paid for tasks' },
  { value: 'held', label: 'Held and given back' },
  { value: 'adjusted', label: 'Adjusted' },
];

/** An organization's postings as lines, with what could be spent and what was held after each. */
export function StatementTable(props: {
  lines: StatementLine[];
  /** Whether some are left out. */
  narrowed: boolean;
  /** Whether the reader may open the tasks. */
  links?: boolean;
}) {
  const { lines, narrowed, links = true } = props;
  return (
    <MovesTable
      label="Lines of the statement"
      names={['Available', 'Held']}
      none={narrowed ? 'Nothing of this kind moved in these days.' : 'Nothing has moved yet.'}
      moves={lines.map((line) => ({
        ...{ id: line.id, at: line.created_at, what: line.what },
        about: <About line={line} links={links} />,
        amounts: [line.available_sats, line.held_sats],
        after: [line.available_after_sats, line.held_after_sats],
      }))}
    />
  );
}

function About({ line, links }: { line: StatementLine; links: boolean }) {
  if (line.reason !== null) return line.reason;
  if (line.task_type === null) return null;
  const type = humanise(line.task_type);
  if (!links || line.task_id === null) return type;
  return (
    <Anchor component={PromptLink} href={`/dashboard/tasks/${line.task_id}`} size="sm" inherit>
      {type}
    </Anchor>
  );
}
