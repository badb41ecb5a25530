import { Card, CardNote } from '@/components/ui/card';
import { Status } from '@/components/ui/status';
import { ScrollTable } from '@/components/ui/tables/scroll-table';
import { duration, humanise } from '@/components/ui/values/humanise';
import { Age } from '@/components/ui/values/now';
import classes from './system.module.css';
import type { System } from './types';

type Sweep = System['sweeps'][number];

/** What looks for work that was lost on the way, and the nightly jobs: when each last ran and what it found. */
export function SweepsCard({ sweeps }: { sweeps: Sweep[] }) {
  return (
    <div id="sweeps">
      <Card title="Sweeps" flush>
        {sweeps.length === 0 ? (
          <CardNote>This process knows of no sweeps.</CardNote>
        ) : (
          <ScrollTable
            label="Sweeps"
            columns={['Sweep', 'State', 'Comes', 'Last run', 'Took', 'Found']}
          >
            {sweeps.map((sweep) => (
              <tr key={sweep.id}>
                <th scope="row">{sweep.id}</th>
                <td>
                  <Status value={stateOf(sweep)} />
                </td>
                <td>{periodOf(sweep.cron)}</td>
                <td>{sweep.endedAt ? <Age at={sweep.endedAt} /> : 'Not yet'}</td>
                <td>{sweep.tookMs === null ? '–' : tookText(sweep.tookMs)}</td>
                <td className={classes.found}>{sweep.lastError ?? foundText(sweep.found)}</td>
              </tr>
            ))}
          </ScrollTable>
        )}
      </Card>
    </div>
  );
}

function stateOf({ failures, isLate, startedAt }: Sweep): string {
  if (failures > 0) return 'failing';
  if (isLate) return 'late';
  return startedAt === null ? 'waiting' : 'on_time';
}

/** Schedules are one of three. */
function periodOf(cron: string): string {
  const [minute, hour] = cron.split(' ');
  if (minute === '*') return 'Each minute';
  if (hour === '*') return 'Each hour';
  return `Daily at ${hour?.padStart(2, '0')}:${minute?.padStart(2, '0')} UTC`;
}

const tookText = (ms: number) => (ms < 1_000 ? `${ms} ms` : duration(ms / 1_000));

/** Numbers by their names; nothing where it found nothing. */
function foundText(found: unknown): string {
  const numbers = numbersIn(found, '');
  const some = numbers.filter(({ value }) => value !== 0);
  if (numbers.length === 0 || some.length === 0) return 'Nothing';
  return some
    .map(({ name, value }) => (name ? `${humanise(name)}: ${value}` : String(value)))
    .join(', ');
}

function numbersIn(value: unknown, name: string): { name: string; value: number }[] {
  if (typeof value === 'number') return [{ name, value }];
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [];
  return Object.entries(value).flatMap(([key, inner]) => numbersIn(inner, key));
}
