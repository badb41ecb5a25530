'use client';

import { Anchor, Kbd, Text, Title } from '@mantine/core';
import Link from 'next/link';
import { Dialog } from '@/components/ui/dialogs/dialog';
import { COMMAND_NAMES, COMMANDS, FIXED_KEYS, keyLabel, type Place } from './commands';
import classes from './keys.module.css';
import { useKeys } from './keys-context';

export const PLACES: Record<Place, string> = {
  everywhere: 'On every page',
  queue: 'In the queue',
  task: 'On a task',
};

/** Which keys do what, as they are bound now. */
export function KeysSheet({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { singleKeys } = useKeys();
  return (
    <Dialog opened={opened} onClose={onClose} title="Keys" size="lg">
      <div className={classes.sheet}>
        {(Object.keys(PLACES) as Place[]).map((place) => (
          <section key={place} aria-label={PLACES[place]}>
            <Title order={3} size="sm" mb={8}>
              {PLACES[place]}
            </Title>
            <KeysOf place={place} />
          </section>
        ))}
      </div>
      <Text size="sm" c="dimmed" mt="lg">
        {singleKeys
          ? 'Keys rest while you type, except those with Ctrl or ⌘. Beside unsent text, press a key twice.'
          : 'You have turned keys without Ctrl or ⌘ off.'}{' '}
        <Anchor
          underline="always"
          component={Link}
          href="/work/settings#keys"
          size="sm"
          onClick={onClose}
        >
          Change keys
        </Anchor>
      </Text>
    </Dialog>
  );
}

function KeysOf({ place }: { place: Place }) {
  const { bindings, isMac } = useKeys();
  const commands = COMMAND_NAMES.filter((name) => COMMANDS[name].place === place);
  const fixed = FIXED_KEYS.filter((each) => each.place === place);
  return (
    <dl className={classes.keys}>
      {fixed.map(({ keys, does }) => (
        <div key={does} className={classes.key}>
          <dt>
            {keys.map((key) =>
              key === '–' ? (
                <span key={key}> – </span>
              ) : (
                <Kbd key={key}>{keyLabel(key, isMac)}</Kbd>
              ),
            )}
          </dt>
          <dd>{does}</dd>
        </div>
      ))}
      {commands.map((name) => (
        <div key={name} className={classes.key}>
          <dt>
            <Kbd>{keyLabel(bindings[name], isMac)}</Kbd>
          </dt>
          <dd>{COMMANDS[name].does}</dd>
        </div>
      ))}
    </dl>
  );
}
