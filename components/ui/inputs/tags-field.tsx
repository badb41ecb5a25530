import { TagsInput, type TagsInputProps } from '@mantine/core';

/** The field that a `TagsInput` becomes once its code is there. */
export default function TagsField(props: TagsInputProps) {
  return <TagsInput {...props} />;
}
