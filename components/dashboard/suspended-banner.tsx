import { Alert, Text } from '@mantine/core';
import { Icon } from '@/components/ui/icons';

/** On every page while an operator of the instance has the organization create nothing. */
export function SuspendedBanner({ reason }: { reason: string | null }) {
  if (reason === null) return null;
  return (
    <Alert color="red" radius={0} role="status" icon={<Icon name="warning" />}>
      <Text size="sm" span style={{ overflowWrap: 'anywhere' }}>
        The operator of this instance has suspended your organization: no tasks can be created, and
        API keys may only read. Open tasks go on. The reason given: “{reason}”
      </Text>
    </Alert>
  );
}
