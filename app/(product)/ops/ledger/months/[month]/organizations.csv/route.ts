import { notFound } from 'next/navigation';
import { pageSession } from '@/server/doors/page-session';
import { pageCaller } from '@/server/doors/trpc/prefetch';
import { type MonthOrganization, MonthRef } from '@/server/features/books/schema';
import { csvLine } from '@/server/platform/csv-line';
import { listDownload } from '@/server/transport/list-download';

/** A closed month of live mode by organization. */
export async function GET(
  _request: Request,
  { params }: { params: Promise<{ month: string }> },
): Promise<Response> {
  // Responds 404 to everybody else, to not reveal the console.
  if (!(await (await pageSession()).operator())) notFound();
  const asked = MonthRef.safeParse(await params);
  if (!asked.success) notFound();
  const { month } = asked.data;
  const { books } = await pageCaller();
  // Checked before streaming: a response that has started cannot become a 404.
  const { months } = await books.months();
  if (!months.some((each) => each.month === month)) notFound();
  return listDownload<MonthOrganization>({
    name: `organizations-${month}`,
    format: 'csv',
    head: csvLine([
      ...['month', 'organization_id', 'organization', 'opening_available_sats'],
      ...['opening_held_sats', 'paid_in_sats', 'charged_sats', 'adjusted_sats'],
      ...['closing_available_sats', 'closing_held_sats'],
    ]),
    line: (line) =>
      csvLine([
        ...[month, line.organizationId, line.name, line.openingAvailableSats],
        ...[line.openingHeldSats, line.paidInSats, line.chargedSats, line.adjustedSats],
        ...[line.closingAvailableSats, line.closingHeldSats],
      ]),
    async read(after) {
      const page = await books.monthOrganizations({ month, ...(after ? { after } : {}) });
      return { data: page.data, next: page.next_cursor };
    },
  });
}
