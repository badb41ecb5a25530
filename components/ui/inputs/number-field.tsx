import { NumberInput, type NumberInputProps } from '@mantine/core';

/** The field that a `NumberInput` becomes once its code is there. */
export default function NumberField(props: NumberInputProps) {
  return <NumberInput {...props} />;
}
