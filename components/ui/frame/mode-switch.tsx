'use client';

import { UnstyledButton } from '@mantine/core';
import classes from './app-frame.module.css';
import { useSwitchMode } from './use-switch-mode';

type Mode = 'live' | 'test';

/** Chooses between play and real. What one mode shows, the other never does. */
export function ModeSwitch({ mode }: { mode: Mode }) {
  const { busy, switchMode } = useSwitchMode();
  const choose = (next: Mode) => {
    if (next !== mode) switchMode(next);
  };
  return (
    <fieldset
      className={classes.modes}
      style={{ border: 0, margin: 0 }}
      aria-label="Mode"
      aria-busy={busy}
    >
      {(['test', 'live'] as const).map((each) => (
        <UnstyledButton
          key={each}
          className={classes.mode}
          data-mode={each}
          aria-pressed={mode === each}
          onClick={() => choose(each)}
        >
          {each === 'test' ? 'Test' : 'Live'}
        </UnstyledButton>
      ))}
    </fieldset>
  );
}

export function TestBanner({ area }: { area: 'dashboard' | 'work' | 'ops' }) {
  return (
    <div className={classes.testBanner}>
      <strong>Test mode</strong>
      <span>
        {area === 'ops'
          ? 'A simulated reviewer accepts here, unless a task leaves it to a person.'
          : 'Simulated workers answer, and sats are play money.'}
      </span>
    </div>
  );
}

/** Which mode it is, where the switch is behind the menu. */
export function ModeMark({ mode }: { mode: Mode }) {
  return (
    <span className={classes.modeMark} data-mode={mode}>
      {mode === 'test' ? 'Test' : 'Live'}
    </span>
  );
}
