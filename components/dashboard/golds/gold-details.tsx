import { Group, Text } from '@mantine/core';
import { JsonBlock } from '@/components/ui/code/code-block';

/** A gold, or what may become one: its first words, and the whole of it when opened. */
export function GoldDetails(props: {
  title: string;
  gold: { payload: unknown; expectedOutput: unknown; explanation: string };
  /** What its answer is called. */
  answerLabel: string;
}) {
  const { payload, expectedOutput, explanation } = props.gold;
  return (
    <details>
      <summary style={{ overflowWrap: 'anywhere' }}>{props.title}</summary>
      <Group align="flex-start" grow mt="sm" gap="sm">
        <JsonBlock value={payload} label="payload" maxHeight={220} />
        <JsonBlock value={expectedOutput} label={props.answerLabel} maxHeight={220} />
      </Group>
      {explanation ? (
        <Text size="sm" mt="sm">
          {explanation}
        </Text>
      ) : null}
    </details>
  );
}
