'use client';

import { useEffect, useState } from 'react';

/**
 * The contract that a form is checked by while it is written. It is fetched after the page, since it is large: null until then.
 * @param fetch a constant function that imports it; where that fails, the page says so
 */
export function useContract<Contract extends object>(
  fetch: () => Promise<Contract>,
): Contract | null {
  const [contract, setContract] = useState<Contract | null>(null);
  const [failure, setFailure] = useState<{ error: unknown } | null>(null);
  useEffect(() => {
    let isWanted = true;
    fetch().then(
      (fetched) => isWanted && setContract(() => fetched),
      (error: unknown) => isWanted && setFailure({ error }),
    );
    return () => {
      isWanted = false;
    };
  }, [fetch]);
  if (failure) throw failure.error;
  return contract;
}
