'use client';

import { type NumberInputProps, TextInput } from '@mantine/core';
import dynamic from 'next/dynamic';
import { createContext, use } from 'react';

/** What the field looks like until its code is there. */
const Given = createContext<NumberInputProps>({});

// Nothing can be typed before it is alive, which would be lost.
const NumberField = dynamic(() => import('./number-field'), { ssr: false, loading: Waiting });

function Waiting() {
  const given = use(Given);
  const { label, description, placeholder, size, error, w, maw, flex } = given;
  return (
    <TextInput
      {...{ label, description, placeholder, size, error, w, maw, flex }}
      value={textOf(given)}
      readOnly
    />
  );
}

/** As the field itself writes it. */
function textOf({ value = '', thousandSeparator, prefix = '', suffix = '' }: NumberInputProps) {
  if (typeof value !== 'number') return value;
  return `${prefix}${thousandSeparator ? value.toLocaleString('en-US') : value}${suffix}`;
}

/** A field of a number, of the component library; its code is fetched where one is shown. */
export function NumberInput(props: NumberInputProps) {
  return (
    <Given value={props}>
      <NumberField {...props} />
    </Given>
  );
}
