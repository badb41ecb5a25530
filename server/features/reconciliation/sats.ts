/** Formats an amount for sentences, such as `1,200 sats`. */
export const sats = (amount: bigint) =>
  `${amount.toLocaleString('en-US')} ${amount === 1n ? 'sat' : 'sats'}`;
