/** Compares in a time that depends on the lengths only, not on where the bytes differ. */
export function equalInConstantTime(left: Uint8Array, right: Uint8Array): boolean {
  if (left.length !== right.length) return false;
  let difference = 0;
  left.forEach((byte, index) => {
    difference |= byte ^ (right[index] as number);
  });
  return difference === 0;
}
