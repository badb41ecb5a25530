'use client';

import { type NumberInputProps, TextInput } from '@mantine/core';
import dynamic from 'next/dynamic';
import { createContext, use } from 'react';

/** What the field looks like until its code is there. */
const Given = createContext<NumberInputProps>({});

const NumberField = dynamic(() => import('./number-field'), { loading: Waiting });

function Waiting() {
  const { label, description, placeholder, value, size, error, w, maw, flex } = use(Given);
  return (
    <TextInput
      {...{ label, description, placeholder, size, error, w, maw, flex }}
      value={value ?? ''}
      readOnly
    />
  );
}

/** A field of a number, of the component library; its code is fetched where one is shown. */
export function NumberInput(props: NumberInputProps) {
  return (
    <Given value={props}>
      <NumberField {...props} />
    </Given>
  );
}
