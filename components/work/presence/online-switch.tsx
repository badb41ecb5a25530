'use client';

import { Flex, Switch, Text } from '@mantine/core';
import classes from './presence.module.css';
import { usePresence } from './presence-context';

/** Whether tasks come to this worker, and how early; in sight on every page of theirs. */
export function OnlineSwitch() {
  const { online, onCall } = usePresence();
  return (
    <div className={classes.online} data-online={online || undefined}>
      <Flex direction="column" gap={6}>
        <Online />
        <Text size="xs" c="dimmed">
          {online
            ? 'Tasks are offered to you while a page is open.'
            : 'You get no offers. Go online to work.'}
        </Text>
      </Flex>
      {online ? (
        <Flex direction="column" gap={6}>
          <OnCall />
          <Text size="xs" c="dimmed">
            {onCall
              ? 'Offers reach you before those who are not on call.'
              : 'Turn on to be offered tasks first.'}
          </Text>
        </Flex>
      ) : null}
    </div>
  );
}

/** The same in the header of a small screen. */
export function CompactOnlineSwitch() {
  return (
    <Flex align="center" mih={44} ml="auto">
      <Online />
    </Flex>
  );
}

function Online() {
  const { online, loaded, setOnline } = usePresence();
  return (
    <Switch
      checked={online}
      disabled={!loaded}
      onChange={(event) => setOnline(event.currentTarget.checked)}
      label={online ? 'Online' : 'Offline'}
      size="md"
      data-command="toggleOnline"
    />
  );
}

/** Whether this worker is tried before others. */
export function OnCall() {
  const { onCall, loaded, setOnCall } = usePresence();
  return (
    <Switch
      checked={onCall}
      disabled={!loaded}
      onChange={(event) => setOnCall(event.currentTarget.checked)}
      label="On call"
      size="sm"
    />
  );
}

export function OnCallWords() {
  return (
    <Text size="xs" c="dimmed">
      While you are online, tasks are offered to you before those who are not on call. It pays
      nothing by itself, and an offer you do not take costs you nothing.
    </Text>
  );
}
