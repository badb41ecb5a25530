'use client';

import type { IChangeEvent } from '@rjsf/core';
import { Form } from '@rjsf/mantine';
import type { Experimental_DefaultFormStateBehavior, RJSFSchema, WidgetProps } from '@rjsf/utils';
import { type ComponentType, useEffect, useMemo, useRef } from 'react';
import { ChoicesWidget, ChoiceWidget } from './choice-widget';
import { domId, ID_SEPARATOR, pointerOfField } from './field-id';
import { FieldTemplate } from './field-template';
import { formSchemaOf } from './form-schema';
import { type AnswerFault, errorSchemaOf, formValidator } from './form-validator';
import { ListItemTemplate, ListTemplate } from './list-template';
import { NumberWidget } from './number-widget';
import { JsonField, ObjectTemplate } from './object-template';
import { PendingEditsProvider, useEditRegister } from './pending-edits';
import { RangeWidget } from './range-widget';
import { OrderedWidget, RankingWidget } from './sequence-widget';
import { AddressWidget, EmailWidget, TextareaWidget, TextWidget } from './text-widgets';
import { DateWidget, MomentWidget, TimeWidget } from './time-widgets';
import { uiSchemaOf } from './ui-schema';

/** A widget whose ids can stand in lists of ids. */
const withDomId = (Widget: ComponentType<WidgetProps>) =>
  function WidgetWithDomId(props: WidgetProps) {
    return <Widget {...props} id={domId(props.id)} />;
  };

const WIDGETS = mapWidgets({
  RadioWidget: ChoiceWidget,
  SelectWidget: ChoiceWidget,
  CheckboxesWidget: ChoicesWidget,
  TextWidget,
  TextareaWidget,
  EmailWidget,
  URLWidget: AddressWidget,
  DateWidget,
  DateTimeWidget: MomentWidget,
  TimeWidget,
  UpDownWidget: NumberWidget,
  RangeWidget,
  ranking: RankingWidget,
  ordered: OrderedWidget,
});

function mapWidgets<Name extends string>(widgets: Record<Name, ComponentType<WidgetProps>>) {
  const entries = Object.entries<ComponentType<WidgetProps>>(widgets);
  return Object.fromEntries(entries.map(([name, widget]) => [name, withDomId(widget)]));
}

const TEMPLATES = {
  FieldTemplate,
  ObjectFieldTemplate: ObjectTemplate,
  ArrayFieldTemplate: ListTemplate,
  ArrayFieldItemTemplate: ListItemTemplate,
};
const FIELDS = { JsonField };

/** Defaults are given; nothing else is put into an answer that nobody wrote. */
const DEFAULTS: Experimental_DefaultFormStateBehavior = {
  arrayMinItems: { populate: 'all' },
  emptyObjectFields: 'populateAllDefaults',
  constAsDefaults: 'always',
};

export interface SchemaFormProps {
  id: string;
  schema: RJSFSchema;
  value: unknown;
  faults: AnswerFault[];
  onChange: (value: unknown) => void;
  onSubmit: (value: unknown) => void;
  onFaults: (faults: AnswerFault[]) => void;
}

/** The fields that a schema asks for. */
export function SchemaForm(props: SchemaFormProps) {
  const { id, schema, faults, onFaults } = props;
  const formSchema = useMemo(() => formSchemaOf(schema), [schema]);
  const uiSchema = useMemo(() => uiSchemaOf(formSchema), [formSchema]);
  const validator = useMemo(() => formValidator(schema), [schema]);
  const extraErrors = useMemo(() => errorSchemaOf(faults), [faults]);
  const register = useEditRegister();
  const frame = useRef<HTMLDivElement>(null);
  const isMounted = useRef(false);
  useEffect(() => {
    isMounted.current = true;
    const element = frame.current;
    // Before the library's own handler: what is still in the fields comes into the answer.
    const beforeSubmit = (event: Event) => {
      register.handOverAll();
      const unreadable = register.complaints();
      if (unreadable.length === 0) return;
      event.preventDefault();
      event.stopPropagation();
      onFaults(
        unreadable.map(([fieldId, message]) => ({ pointer: pointerOfField(fieldId), message })),
      );
    };
    element?.addEventListener('submit', beforeSubmit, true);
    return () => element?.removeEventListener('submit', beforeSubmit, true);
  }, [register, onFaults]);
  return (
    <div ref={frame}>
      <PendingEditsProvider value={register.edits}>
        <Form
          id={id}
          idSeparator={ID_SEPARATOR}
          schema={formSchema}
          uiSchema={uiSchema}
          validator={validator}
          widgets={WIDGETS}
          templates={TEMPLATES}
          fields={FIELDS}
          formData={props.value}
          extraErrors={extraErrors}
          experimental_defaultFormStateBehavior={DEFAULTS}
          showErrorList={false}
          noHtml5Validate
          noValidate
          onChange={(event: IChangeEvent) => {
            // Its first call comes while it is being made, and only tells the defaults.
            if (isMounted.current) props.onChange(event.formData);
          }}
          onSubmit={(event: IChangeEvent) => props.onSubmit(event.formData)}
        >
          {/* The submit buttons stand outside, beside the countdown. */}
          <span />
        </Form>
      </PendingEditsProvider>
    </div>
  );
}
