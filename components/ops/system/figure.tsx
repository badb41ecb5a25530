import { Text } from '@mantine/core';

/** A number with its name. */
export function Figure({ name, value }: { name: string; value: string }) {
  return (
    <div>
      <Text size="sm" c="dimmed">
        {name}
      </Text>
      <Text fw={500} className="tabular">
        {value}
      </Text>
    </div>
  );
}
