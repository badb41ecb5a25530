import { Text } from '@mantine/core';
import { ScrollTable } from '@/components/ui/tables/scroll-table';
import { perBtcText, rateSource } from '@/components/ui/values/fiat';
import { Age } from '@/components/ui/values/now';
import type { Rate, RateRow, RatesView } from '@/server/features/rates/schema';

const COLUMNS = ['Currency', 'A bitcoin', 'From', 'Said', 'Not believed'];
const SATS = new Intl.NumberFormat('en-US', { maximumFractionDigits: 2 });

/** What a bitcoin costs now, by whom, and since when; what was not believed as well. */
export function RateTable({ view, isOff }: { view: RatesView; isOff: boolean }) {
  const rows = view.rows.filter(({ rate, fetched }) => rate || fetched);
  return (
    <>
      <Text size="sm" mt="lg" mb="sm">
        A dollar of the older clients is <strong>{SATS.format(view.satsPerUsd)} sats</strong>
        {view.isUsdFixed ? ', by SATS_PER_USD of the environment, as no rate is known.' : '.'}
      </Text>
      {isOff || view.attempt ? null : (
        <Text size="sm" c="dimmed">
          The source has not been asked yet.
        </Text>
      )}
      {view.attempt ? (
        <Text size="sm" c="dimmed">
          Asked <Age at={view.attempt.at} />
          {view.attempt.error ? `: ${view.attempt.error}` : '.'}
        </Text>
      ) : null}
      {rows.length > 0 ? (
        <ScrollTable label="Price of a bitcoin by currency" columns={COLUMNS}>
          {rows.map((row) => (
            <Line key={row.currency} row={row} />
          ))}
        </ScrollTable>
      ) : null}
    </>
  );
}

function Line({ row }: { row: RateRow }) {
  const { currency, rate, fetched, refused } = row;
  return (
    <tr>
      <th scope="row">{currency}</th>
      <td>{rate ? perBtcText(rate) : '–'}</td>
      <td>{rate ? fromText(rate) : notUsed(fetched)}</td>
      <td>{fetched ? <Age at={fetched.at} /> : '–'}</td>
      <td>
        {refused ? (
          <>
            {perBtcText({ currency, perBtc: refused.perBtc })}, <Age at={refused.at} />
          </>
        ) : (
          '–'
        )}
      </td>
    </tr>
  );
}

function fromText({ from }: Rate): string {
  return from === 'override' ? 'Set by hand' : rateSource(from);
}

function notUsed(fetched: RateRow['fetched']): string {
  return fetched?.isStale ? 'Too old to be used' : 'Not used';
}
