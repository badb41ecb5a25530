'use client';

import { Box, Button, Kbd, Switch, Text } from '@mantine/core';
import { useEffect, useState } from 'react';
import { Card } from '@/components/ui/card';
import { usePreferences } from '../use-preferences';
import {
  COMMAND_NAMES,
  COMMANDS,
  type CommandName,
  keyLabel,
  type Place,
  refusalOf,
} from './commands';
import { keyPressOf, keyTextsOf } from './key-text';
import classes from './keys.module.css';
import { useKeys } from './keys-context';
import { PLACES } from './keys-sheet';

/** Every command with its key, each to be changed by pressing another one. */
export function KeySettings() {
  const { bindings } = useKeys();
  const { preferences, save } = usePreferences();
  const [choosing, setChoosing] = useState<CommandName | null>(null);
  const [refusal, setRefusal] = useState<string | null>(null);
  const keys = preferences?.keys ?? {};
  const choose = (name: CommandName | null) => {
    setChoosing(name);
    setRefusal(null);
  };
  useNextKey(choosing !== null, (key) => {
    if (choosing === null) return;
    if (key === 'Escape') {
      choose(null);
      return;
    }
    const refused = refusalOf(choosing, key, bindings);
    if (refused) {
      setRefusal(refused);
      return;
    }
    const { [choosing]: _, ...others } = keys;
    save({ keys: key === COMMANDS[choosing].key ? others : { ...others, [choosing]: key } });
    choose(null);
  });
  const reset = (name: CommandName) => {
    const refused = refusalOf(name, COMMANDS[name].key, bindings);
    if (refused) {
      choose(name);
      setRefusal(refused);
      return;
    }
    const { [name]: _, ...others } = keys;
    save({ keys: others });
    choose(null);
  };
  const changed = COMMAND_NAMES.filter((name) => bindings[name] !== COMMANDS[name].key);
  return (
    <Card
      flush
      title="Keys"
      aside={
        <Button
          size="xs"
          variant="default"
          disabled={changed.length === 0}
          onClick={() => {
            save({ keys: {} });
            choose(null);
          }}
        >
          Reset all keys
        </Button>
      }
    >
      <Text size="sm" c="dimmed" px={20} pb={8}>
        They are kept with your account and follow you to other devices. Digits, Y and N answer
        questions.
      </Text>
      <Box px={20} pb={12}>
        <Switch
          label="Keys without Ctrl or ⌘"
          description="Turn off if you dictate or press keys by accident. This includes digits, Y and N."
          checked={preferences?.singleKeys ?? true}
          onChange={(event) => save({ singleKeys: event.currentTarget.checked })}
        />
      </Box>
      {(Object.keys(PLACES) as Place[]).map((place) => (
        <section key={place} aria-label={PLACES[place]}>
          <div className={classes.place}>{PLACES[place]}</div>
          {COMMAND_NAMES.filter((name) => COMMANDS[name].place === place).map((name) => (
            <Row
              key={name}
              name={name}
              choosing={choosing === name}
              refusal={choosing === name ? refusal : null}
              isChanged={changed.includes(name)}
              onChoose={() => choose(choosing === name ? null : name)}
              onReset={() => reset(name)}
            />
          ))}
        </section>
      ))}
    </Card>
  );
}

function Row(props: {
  name: CommandName;
  choosing: boolean;
  refusal: string | null;
  isChanged: boolean;
  onChoose: () => void;
  onReset: () => void;
}) {
  const { name, choosing } = props;
  const { bindings, isMac } = useKeys();
  const { does } = COMMANDS[name];
  return (
    <div className={classes.row} data-choosing={choosing || undefined}>
      <span>{does}</span>
      <span aria-live="polite">
        {choosing ? (
          <Text span size="sm" c="dimmed">
            Press a key
          </Text>
        ) : (
          <Kbd>{keyLabel(bindings[name], isMac)}</Kbd>
        )}
      </span>
      <span className={classes.buttons}>
        {props.isChanged && !choosing ? (
          <Button
            size="xs"
            variant="subtle"
            color="gray"
            onClick={props.onReset}
            aria-label={`Reset the key for: ${does}`}
          >
            Reset
          </Button>
        ) : null}
        <Button
          size="xs"
          variant="default"
          onClick={props.onChoose}
          aria-label={choosing ? 'Keep the key as it is' : `Change the key for: ${does}`}
        >
          {choosing ? 'Keep' : 'Change'}
        </Button>
      </span>
      {props.refusal ? (
        <span className={classes.refusal} role="alert">
          {props.refusal}
        </span>
      ) : null}
    </div>
  );
}

/** Hears the next key for itself, before the page or a focused button does. */
function useNextKey(waiting: boolean, onKey: (key: string) => void): void {
  const { hold } = useKeys();
  useEffect(() => {
    if (!waiting) return;
    hold(true);
    const listen = (event: KeyboardEvent) => {
      const press = keyPressOf(event);
      const [key] = press ? keyTextsOf(press) : [];
      // The cursor can always leave.
      if (!key || key === 'Tab' || key === 'Shift+Tab') return;
      event.preventDefault();
      event.stopPropagation();
      onKey(key);
    };
    document.addEventListener('keydown', listen, true);
    return () => {
      hold(false);
      document.removeEventListener('keydown', listen, true);
    };
  }, [waiting, hold, onKey]);
}
