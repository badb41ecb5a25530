import type { SignedIn } from '@/server/features/accounts/schema';
import type { Currency } from '@/server/features/settings/schema';
import { CURRENCIES } from '@/server/features/settings/schema';
import { db } from '@/server/platform/db';
import { InvalidRequest } from '@/server/platform/errors';
import { currentRates } from './read-rates';
import { type ChooseCurrency, DisplayCurrency, type Rate } from './schema';

/** For who has chosen nothing. */
const DEFAULT: Currency = 'USD';

/** The rate by which a user is shown amounts beside sats; null for sats alone. */
export async function displayRateFor(userId: string): Promise<Rate | null> {
  const rates = await currentRates();
  // Without rates, as by default, nobody's choice matters.
  if (rates.size === 0) return null;
  const currency = await chosenBy(userId);
  return currency === 'none' ? null : (rates.get(currency) ?? null);
}

async function chosenBy(userId: string): Promise<DisplayCurrency> {
  const user = await db.user.findUnique({
    where: { id: userId },
    select: { displayCurrency: true },
  });
  return DisplayCurrency.safeParse(user?.displayCurrency).data ?? DEFAULT;
}

/** What the user has chosen, and what there is to choose from: currencies with a rate, and the one chosen. */
export async function getCurrencyChoice({ userId }: SignedIn) {
  const [rates, chosen] = await Promise.all([currentRates(), chosenBy(userId)]);
  return {
    chosen,
    currencies: CURRENCIES.filter((currency) => rates.has(currency) || currency === chosen),
    hasRates: rates.size > 0,
  };
}

/**
 * Chooses what amounts are shown in beside sats.
 * @throws InvalidRequest 400 for a currency that nobody gives a rate of.
 */
export async function chooseCurrency(
  { userId }: SignedIn,
  { currency }: ChooseCurrency,
): Promise<void> {
  if (currency !== 'none' && !(await currentRates()).has(currency)) {
    throw InvalidRequest.fromFaults([
      {
        param: 'currency',
        code: 'invalid_field',
        message: `No rate of ${currency} is known here. Choose another currency.`,
      },
    ]);
  }
  await db.user.update({ where: { id: userId }, data: { displayCurrency: currency } });
}
