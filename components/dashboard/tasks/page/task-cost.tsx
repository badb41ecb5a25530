import { Text } from '@mantine/core';
import settings from '@/components/dashboard/settings.module.css';
import { Card } from '@/components/ui/card';
import { Amount } from '@/components/ui/values/amount';
import { humanise, sats } from '@/components/ui/values/humanise';
import type { Task } from '@/server/features/tasks/schema';

/** Where the sats went: held, paid for answers, the fee, and given back. */
export function TaskCost({ task }: { task: Task }) {
  const { held, charged, fee } = task.cost_sats;
  const ended = task.completed_at !== null;
  const paid = charged - fee;
  const answers = task.payout_sats > 0 ? Math.round(paid / task.payout_sats) : 0;
  return (
    <Card title="Cost" flush>
      <table className={settings.table}>
        <caption className="visually-hidden">What the task cost</caption>
        <tbody>
          <Line
            label="Held when it was created"
            note={`up to ${count(task.redundancy.max_votes, 'answer')} of ${sats(task.payout_sats)}, and the fee`}
            amount={held}
          />
          {ended ? (
            <>
              <Line label="Paid to workers" note={count(answers, 'answer')} amount={paid} />
              <Line label="Fee" amount={fee} />
              <Line label="Given back" amount={held - charged} />
              <Line label="Charged" amount={charged} strong />
            </>
          ) : null}
          {task.payouts.map((payout, at) => (
            <tr key={payout.id}>
              <th scope="row">
                Payout {at + 1}
                <Text span size="xs" c="dimmed">
                  {' '}
                  {humanise(payout.status).toLowerCase()}, by {payout.rail}
                </Text>
              </th>
              <td className={settings.number}>
                <Amount sats={payout.amount_sats} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Card>
  );
}

const count = (number: number, noun: string) => `${number} ${noun}${number === 1 ? '' : 's'}`;

function Line(props: { label: string; note?: string; amount: number; strong?: boolean }) {
  return (
    <tr style={props.strong ? { fontWeight: 600 } : undefined}>
      <th scope="row" style={{ fontWeight: props.strong ? 600 : 400, whiteSpace: 'normal' }}>
        {props.label}
        {props.note ? (
          <Text size="xs" c="dimmed">
            {props.note}
          </Text>
        ) : null}
      </th>
      <td className={settings.number}>
        <Amount sats={props.amount} />
      </td>
    </tr>
  );
}
