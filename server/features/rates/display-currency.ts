import type { SignedIn } from '@/server/features/accounts/schema';
import type { Currency } from '@/server/features/settings/schema';
import { CURRENCIES } from '@/server/features/settings/schema';
import { db } from '@/server/platform/db';
import { InvalidRequest } from '@/server/platform/errors';
import { currentRates } from './read-rates';
import { type ChooseCurrency, DisplayCurrency, type Rate } from './schema';

/** The default currency. */
const DEFAULT: Currency = 'USD';

/** The rate for showing amounts to a user next to sats; null for sats only. */
export async function displayRateFor(userId: string): Promise<Rate | null> {
  const rates = await currentRates();
  // Without rates, which is the default, users' choices have no effect.
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

/** The user's choice, and the options: currencies with a rate, plus the chosen one. */
export async function getCurrencyChoice({ userId }: SignedIn) {
  const [rates, chosen] = await Promise.all([currentRates(), chosenBy(userId)]);
  return {
    chosen,
    currencies: CURRENCIES.filter((currency) => rates.has(currency) || currency === chosen),
    hasRates: rates.size > 0,
  };
}

/**
 * Sets the currency shown next to sats.
 * @throws InvalidRequest 400 for a currency without a rate.
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
        message: `There is no exchange rate for ${currency}. Choose another currency.`,
      },
    ]);
  }
  await db.user.update({ where: { id: userId }, data: { displayCurrency: currency } });
}
