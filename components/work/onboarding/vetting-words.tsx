import { Alert, Text } from '@mantine/core';
import { Icon } from '@/components/ui/icons';
import type { OnboardingView } from '@/server/features/onboarding/schema';

/** What an operator has decided, or has yet to, in honest words. */
export function VettingWords({ view }: { view: OnboardingView }) {
  return (
    <>
      {view.vetting === 'waiting' ? (
        <Alert
          color="orange"
          icon={<Icon name="clock" />}
          title="Your application waits for an operator"
        >
          You can do every step below now. You hear by e-mail at {view.email}; until then you cannot
          go online, and no tasks are given to you.
        </Alert>
      ) : null}
      {view.vetting === 'rejected' ? (
        <Alert color="red" icon={<Icon name="warning" />} title="Your application was not approved">
          {view.vettingReason ? <Text size="sm">“{view.vettingReason}”</Text> : null}
          <Text size="sm">
            No tasks can be given to you. Write to who runs this instance if you think that is a
            mistake.
          </Text>
        </Alert>
      ) : null}
      {view.emailConfirmed ? null : (
        <Alert
          color="gray"
          icon={<Icon name="warning" />}
          title="Your e-mail address is not confirmed"
        >
          {view.poolName
            ? `You can set everything up, and work. Open the link we sent to ${view.email} so that we can reach you.`
            : `You can set everything up. You get tasks as soon as you open the link we sent to ${view.email}.`}
        </Alert>
      )}
      {view.poolName ? (
        <Text size="sm">You work for {view.poolName}, and get its tasks alone.</Text>
      ) : null}
    </>
  );
}
