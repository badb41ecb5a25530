/** Millisats that one unit of a BOLT11 amount is worth, by its multiplier. */
const millisatsOf: Readonly<Record<string, number>> = {
  '': 1e11,
  m: 1e8,
  u: 1e5,
  n: 100,
};

/**
 * What a BOLT11 invoice asks for, in millisats, by its human-readable part (`lnbc1050n`): what stands
 * before the last `1`. Undefined if it names no amount, or is no invoice.
 */
export function millisatsIn(invoice: string): number | undefined {
  const readable = invoice.toLowerCase().slice(0, Math.max(0, invoice.lastIndexOf('1')));
  const [, digits, unit = ''] = /^ln[a-z]+([1-9]\d*)([munp]?)$/.exec(readable) ?? [];
  if (digits === undefined) return undefined;
  const factor = millisatsOf[unit];
  // A `p` is a tenth of a millisat; dividing by ten is exact if the result is an integer.
  return factor === undefined ? Number(digits) / 10 : Number(digits) * factor;
}
