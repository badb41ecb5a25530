'use client';

import { type TagsInputProps, TextInput } from '@mantine/core';
import dynamic from 'next/dynamic';
import { createContext, use } from 'react';

/** What the field looks like until its code is there. */
const Given = createContext<TagsInputProps>({});

const TagsField = dynamic(() => import('./tags-field'), { loading: Waiting });

function Waiting() {
  const { label, description, placeholder, value, error } = use(Given);
  return (
    <TextInput
      {...{ label, description, placeholder, error }}
      value={value?.join(', ') ?? ''}
      readOnly
    />
  );
}

/** A field of several words, of the component library; its code is fetched where one is shown. */
export function TagsInput(props: TagsInputProps) {
  return (
    <Given value={props}>
      <TagsField {...props} />
    </Given>
  );
}
