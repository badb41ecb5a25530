import type { TRPCLink } from '@trpc/client';
import { tap } from '@trpc/server/observable';
import type { AppRouter } from '@/server/trpc';
import { failureOf } from './failure';

let leaving = false;

/** Leads to sign in, and from there back to the page on show. */
function leave(): void {
  if (leaving) return;
  leaving = true;
  const { pathname, search } = window.location;
  window.location.assign(`/sign-in?over=1&next=${encodeURIComponent(pathname + search)}`);
}

/**
 * After a session has ended elsewhere, every request of the page says so; the page then has nothing
 * more to show.
 */
export const signedOutLink: TRPCLink<AppRouter> =
  () =>
  ({ op, next }) =>
    next(op).pipe(
      tap({
        error(error) {
          if (failureOf(error).code === 'signed_out') leave();
        },
      }),
    );
