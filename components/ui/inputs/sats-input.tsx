import type { NumberInputProps } from '@mantine/core';
import { NumberInput } from './number-input';

/** A field of whole sats, zero or more; empty is an empty text. */
export function SatsInput(props: NumberInputProps) {
  return (
    <NumberInput
      allowDecimal={false}
      allowNegative={false}
      thousandSeparator=","
      suffix=" sats"
      {...props}
    />
  );
}
