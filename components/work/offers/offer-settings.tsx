'use client';

import { Button, Switch, Text } from '@mantine/core';
import { type ReactNode, useEffect, useState } from 'react';
import { Card } from '@/components/ui/card';
import { OnCall, OnCallWords } from '@/components/work/presence/online-switch';
import { usePreferences } from '@/components/work/use-preferences';
import classes from '@/components/work/work.module.css';
import type { WorkerPreferences } from '@/server/features/workers/schema';
import { playChime } from './chime';

/** How the worker hears of offers, and whether before others. */
export function OfferSettings({ preferences }: { preferences: WorkerPreferences }) {
  const { save } = usePreferences();
  return (
    <Card flush title="Offers">
      <Setting
        control={
          <Switch
            label="Sound"
            checked={preferences.sound}
            onChange={(event) => save({ sound: event.currentTarget.checked })}
          />
        }
        action={
          <Button size="xs" variant="default" onClick={() => void playChime()}>
            Play it
          </Button>
        }
      >
        Two short notes when a task is offered to you, in one of your open tabs.
      </Setting>
      <DesktopNotices preferences={preferences} />
      <Setting control={<OnCall />}>
        <OnCallWords />
      </Setting>
    </Card>
  );
}

/** The browser is asked only when the worker turns this on, or asks for it here. */
function DesktopNotices({ preferences }: { preferences: WorkerPreferences }) {
  const { save } = usePreferences();
  const { permission, ask } = useNoticePermission();
  const turn = async (desktop: boolean) => {
    const answer = desktop && permission === 'default' ? await ask() : permission;
    save({ desktop: desktop && answer === 'granted' });
  };
  return (
    <Setting
      control={
        <Switch
          label="Notifications"
          checked={preferences.desktop}
          disabled={permission === 'missing' || (permission === 'denied' && !preferences.desktop)}
          onChange={(event) => void turn(event.currentTarget.checked)}
        />
      }
      action={
        preferences.desktop && permission === 'default' ? (
          <Button size="xs" variant="default" onClick={() => void ask()}>
            Allow on this device
          </Button>
        ) : null
      }
    >
      {WORDS[permission]}
    </Setting>
  );
}

type Permission = NotificationPermission | 'missing';

const WORDS: Record<Permission, string> = {
  default: 'A notification of your system when a task is offered and you look elsewhere.',
  granted: 'A notification of your system when a task is offered and you look elsewhere.',
  denied:
    'This browser does not let this site notify you. Allow it in the browser’s settings for this site, then reload.',
  missing: 'This browser has no notifications.',
};

function useNoticePermission() {
  const [permission, setPermission] = useState<Permission>('default');
  useEffect(() => {
    setPermission('Notification' in window ? Notification.permission : 'missing');
  }, []);
  const ask = async () => {
    const answer = await Notification.requestPermission();
    setPermission(answer);
    return answer;
  };
  return { permission, ask };
}

function Setting(props: { control: ReactNode; action?: ReactNode; children: ReactNode }) {
  return (
    <div className={classes.setting}>
      <div className={classes.grow}>
        {props.control}
        <Text size="sm" c="dimmed" mt={6} component="div">
          {props.children}
        </Text>
      </div>
      {props.action}
    </div>
  );
}
