'use client';

import { useDebouncedValue } from '@mantine/hooks';
import { Spotlight } from '@mantine/spotlight';
import { useState } from 'react';
import type { NavigationItem } from '@/components/ui/frame/navigation-item';
import { Icon } from '@/components/ui/icons';
import { Keys, type Shortcut, useShortcuts } from '@/components/ui/keys/shortcuts';
import type { Frame } from '@/server/doors/page-session';
import { matching } from './matching';
import { TaskHits } from './task-hits';
import { type Command, useCommands } from './use-commands';

/** A region that scrolls must be reachable by keyboard; its type does not know that it is one. */
const SCROLLED_BY_KEYS = { viewportProps: { tabIndex: 0 } };
const GROUPS = ['Go to', 'Do', 'Switch'] as const;

/** Ctrl+K: every page and act in reach by its name, and tasks by what is in them. */
export function CommandPalette(props: {
  frame: Frame;
  area: 'dashboard' | 'work' | 'ops';
  items: readonly NavigationItem[];
}) {
  const commands = useCommands(props);
  useShortcuts(
    commands.flatMap(({ keys, label, group, run }): Shortcut[] =>
      // Pages have theirs from the navigation.
      keys && keys !== '?' && group !== 'Go to' ? [{ keys, label, section: group, run }] : [],
    ),
  );
  const [query, setQuery] = useState('');
  const [settled] = useDebouncedValue(query.trim(), 200);
  const found = matching(commands, query);
  const searchesTasks = props.area === 'dashboard' && settled.length >= 3;
  return (
    <Spotlight.Root
      query={query}
      onQueryChange={setQuery}
      // The search button hears the keys, also while this is being fetched.
      shortcut={null}
      scrollable
      maxHeight={440}
      returnFocus
      attributes={{ content: { 'aria-label': 'Search and commands' } }}
    >
      <Spotlight.Search
        placeholder={
          props.area === 'dashboard' ? 'Pages, actions, tasks by id or text' : 'Pages and actions'
        }
        aria-label="Search pages and actions"
        leftSection={<Icon name="search" />}
      />
      <Spotlight.ActionsList {...SCROLLED_BY_KEYS}>
        {GROUPS.map((group) => (
          <Group key={group} name={group} commands={found.filter((c) => c.group === group)} />
        ))}
        {searchesTasks ? <TaskHits query={settled} hasOthers={found.length > 0} /> : null}
        {found.length === 0 && !searchesTasks ? (
          <Spotlight.Empty>Nothing is called that.</Spotlight.Empty>
        ) : null}
      </Spotlight.ActionsList>
    </Spotlight.Root>
  );
}

function Group({ name, commands }: { name: string; commands: readonly Command[] }) {
  if (commands.length === 0) return null;
  return (
    <Spotlight.ActionsGroup label={name}>
      {commands.map((command) => (
        <Spotlight.Action
          key={command.id}
          label={command.label}
          leftSection={<Icon name={command.icon} />}
          rightSection={command.keys ? <Keys keys={command.keys} /> : null}
          onClick={command.run}
        />
      ))}
    </Spotlight.ActionsGroup>
  );
}
