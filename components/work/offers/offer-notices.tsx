'use client';

import { VisuallyHidden } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { humanise, sats } from '@/components/ui/values/humanise';
import { keyLabel } from '@/components/work/keys/commands';
import { useKeys } from '@/components/work/keys/keys-context';
import { usePreferences } from '@/components/work/use-preferences';
import { playChime } from './chime';
import { inOneTab, showDesktopNotice } from './desktop-notice';
import { type Offer, useOffers } from './use-offers';

/** Tells of tasks as they are offered: to the ear, to the system, and to screen readers. */
export function OfferNotices() {
  const { offers } = useOffers();
  const { preferences } = usePreferences();
  const { bindings, isMac } = useKeys();
  const known = useRef<Set<string> | null>(null);
  const [said, setSaid] = useState('');
  const sound = preferences?.sound ?? false;
  const desktop = preferences?.desktop ?? false;
  useEffect(() => {
    if (!offers) return;
    const fresh = offers.filter((each) => known.current && !known.current.has(each.id));
    known.current = new Set([...(known.current ?? []), ...offers.map((each) => each.id)]);
    for (const offer of fresh) void tell(offer, { sound, desktop });
    const [first] = fresh;
    const keys = `${keyLabel(bindings.accept, isMac)} accepts, ${keyLabel(bindings.decline, isMac)} declines`;
    if (first)
      setSaid(`${nameOf(first)} is offered to you for ${secondsOf(first)} seconds: ${keys}.`);
    else if (offers.length === 0) setSaid('');
  }, [offers, sound, desktop, bindings, isMac]);
  useTitle(offers?.length ?? 0);
  return <VisuallyHidden role="status">{said}</VisuallyHidden>;
}

function nameOf({ task }: Offer): string {
  return `${humanise(task.type)}, ${sats(task.payoutSats)},`;
}

function secondsOf(offer: Offer): number {
  return Math.max(0, Math.round((offer.lapsesAt.getTime() - Date.now()) / 1_000));
}

function tell(offer: Offer, on: { sound: boolean; desktop: boolean }): Promise<void> {
  return inOneTab(`offer-${offer.id}`, async () => {
    if (on.sound) void playChime();
    // Who looks at the page sees the offer there.
    if (on.desktop && !document.hasFocus()) {
      await showDesktopNotice({
        id: offer.id,
        title: 'A task is offered to you',
        body: `${humanise(offer.task.type)}, ${sats(offer.task.payoutSats)}`,
        url: '/work',
      });
    }
  });
}

/** Shows in the browser's tab that an offer waits. */
function useTitle(count: number): void {
  useEffect(() => {
    if (count === 0) return;
    const before = document.title;
    document.title = `(${count}) ${before.replace(/^\(\d+\) /, '')}`;
    return () => {
      document.title = document.title.replace(/^\(\d+\) /, '');
    };
  }, [count]);
}
