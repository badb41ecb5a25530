'use client';

import { createContext, type ReactNode, useContext, useMemo } from 'react';
import { FRESH_MS_MAX } from '@/server/features/rates/policy';
import type { Rate } from '@/server/features/rates/schema';
import classes from './amount.module.css';
import { fiatText, perBtcText, rateSource } from './fiat';
import { ago, sats } from './humanise';
import { useNow } from './now';

interface Shown {
  rate: Rate;
  /** Where the rate is from, and how old it is. */
  title: string;
}

const ShownRate = createContext<Shown | null>(null);

/** Gives the amounts within the rate they are shown by, until that is too old. */
export function RateProvider({ rate, children }: { rate: Rate | null; children: ReactNode }) {
  const now = useNow(60_000);
  const shown = useMemo(() => shownAt(rate, now), [rate, now]);
  return <ShownRate value={shown}>{children}</ShownRate>;
}

/** The server gives none but fresh rates; how old one is, is known once the page runs in the browser. */
function shownAt(rate: Rate | null, now: number | null): Shown | null {
  if (!rate) return null;
  const { at } = rate;
  if (at && now !== null && now - at.getTime() > FRESH_MS_MAX) return null;
  const age = at && now !== null ? `, ${ago(at, now)}` : '';
  return {
    rate,
    title: `At ${perBtcText(rate)} a bitcoin (${rateSource(rate.from)}${age})`,
  };
}

/**
 * An amount in sats, and beside it in the reader's currency where there is a rate: `1,200 sats · $0.84`. Nothing is
 * nothing in any.
 * @param below the other currency stands below the sats, as in figures that are read by themselves.
 */
export function Amount({ sats: amount, below }: { sats: number | bigint; below?: boolean }) {
  const rate = useContext(ShownRate);
  const shown = Number(amount) === 0 ? null : rate;
  return (
    <>
      <span className={classes.sats}>{sats(amount)}</span>
      {shown ? (
        <>
          {below ? null : <span className={classes.dot}>{'\u00a0· '}</span>}
          <span className={below ? classes.below : classes.beside} title={shown.title}>
            {fiatText(amount, shown.rate)}
          </span>
        </>
      ) : null}
    </>
  );
}
