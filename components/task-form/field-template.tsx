'use client';

import { ActionIcon } from '@mantine/core';
import { ADDITIONAL_PROPERTY_FLAG, type FieldTemplateProps } from '@rjsf/utils';
import { type ReactNode, useCallback, useEffect, useRef } from 'react';
import { Icon } from '@/components/ui/icons';
import { FieldFaults } from './field-frame';
import { domId } from './field-id';
import { useHandOver } from './pending-edits';
import classes from './task-form.module.css';

/**
 * What stands around each field: nothing, since a form may have hundreds of them. A group or a list
 * shows here what is wrong with it as a whole; other fields show that themselves.
 */
export function FieldTemplate(props: FieldTemplateProps) {
  const { hidden, children, schema, uiSchema, rawErrors = [] } = props;
  if (hidden) return <div hidden>{children}</div>;
  const isWhole = schema.type === 'object' || schema.type === 'array';
  const showsItself = uiSchema?.['ui:field'] || uiSchema?.['ui:widget'];
  const content = (
    <>
      {children}
      {isWhole && !showsItself && !schema.anyOf && !schema.oneOf ? (
        <FieldFaults id={domId(props.id)} faults={rawErrors} />
      ) : null}
    </>
  );
  return ADDITIONAL_PROPERTY_FLAG in schema ? (
    <NamedField {...props}>{content}</NamedField>
  ) : (
    content
  );
}

/** What the form library calls an entry that has no name yet. */
const UNNAMED = /^newKey(-\d+)?$/;

/** An entry of a map: a name of the worker's own, and what it stands for. */
function NamedField(props: FieldTemplateProps & { children: ReactNode }) {
  const { label, onKeyRename } = props;
  const id = domId(props.id);
  const off = props.disabled || props.readonly;
  const input = useRef<HTMLInputElement>(null);
  const isUnnamed = UNNAMED.test(label);
  const { onTyped, complain } = useHandOver(
    useCallback(() => {
      const name = input.current?.value ?? '';
      if (name !== '' && name !== label) onKeyRename(name);
    }, [label, onKeyRename]),
  );
  useEffect(() => {
    complain(props.id, isUnnamed ? 'Give this entry a name.' : null);
    return () => complain(props.id, null);
  }, [complain, props.id, isUnnamed]);
  // A new entry is named first.
  useEffect(() => {
    if (isUnnamed) input.current?.focus();
  }, [isUnnamed]);
  return (
    <div className={classes.entry} id={`${id}__named`}>
      <div className={classes.entryBody}>
        <label className={classes.label} htmlFor={`${id}-key`}>
          Name
        </label>
        <input
          id={`${id}-key`}
          ref={input}
          className={classes.input}
          defaultValue={isUnnamed ? '' : label}
          disabled={off}
          dir="auto"
          autoComplete="off"
          onChange={onTyped}
          onBlur={(event) => {
            if (event.target.value !== '' && event.target.value !== label) {
              onKeyRename(event.target.value);
            }
          }}
        />
        <div className={classes.namedValue}>{props.children}</div>
      </div>
      {off ? null : (
        <div className={classes.entryTools}>
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={isUnnamed ? 'Remove this entry' : `Remove ${label}`}
            title={isUnnamed ? 'Remove this entry' : `Remove ${label}`}
            onClick={props.onRemoveProperty}
          >
            <Icon name="cross" size={14} />
          </ActionIcon>
        </div>
      )}
    </div>
  );
}
