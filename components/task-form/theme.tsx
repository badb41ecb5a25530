'use client';

// By its own path: the package's index also loads a test helper that needs another package.
import Form from '@rjsf/core/lib/components/Form.js';
import type { FieldProps, RegistryWidgetsType, RJSFSchema, ValidatorType } from '@rjsf/utils';
import { createContext, type ReactNode, useContext, useMemo } from 'react';
import { checkValue } from './check/check-value';
import { RegistryContext } from './fields/form-context';
import { OrderedWidget, RankingWidget } from './sequence/sequence-widget';
import { ChoicesWidget, ChoiceWidget } from './widgets/choice-widget';
import { NumberWidget } from './widgets/number-widget';
import { RangeWidget } from './widgets/range-widget';
import { ManyOptionsWidget } from './widgets/select-widget';
import {
  AddressWidget,
  EmailWidget,
  JsonWidget,
  TextareaWidget,
  TextWidget,
} from './widgets/text-widgets';
import { DateWidget, MomentWidget, TimeWidget } from './widgets/time-widgets';

const WIDGETS: RegistryWidgetsType = {
  radio: ChoiceWidget,
  select: ManyOptionsWidget,
  checkboxes: ChoicesWidget,
  ranking: RankingWidget,
  ordered: OrderedWidget,
  text: TextWidget,
  textarea: TextareaWidget,
  email: EmailWidget,
  uri: AddressWidget,
  date: DateWidget,
  'date-time': MomentWidget,
  time: TimeWidget,
  updown: NumberWidget,
  range: RangeWidget,
  json: JsonWidget,
};

const TreeContext = createContext<ReactNode>(null);

/** The root of our own tree, in place of the library's dispatcher. It hands the registry on. */
function TreeField({ registry }: FieldProps) {
  const tree = useContext(TreeContext);
  return <RegistryContext value={registry}>{tree}</RegistryContext>;
}

const FIELDS = { SchemaField: TreeField };

/** Answers are checked before they are sent; the library only asks this of schemas of its own. */
const VALIDATOR: ValidatorType = {
  isValid: (schema, value, root) => checkValue(schema, value, root).length === 0,
  rawValidation: () => ({ errors: [] }),
  validateFormData: () => ({ errors: [], errorSchema: {} }),
};

/** The library holds no answer, so there is nothing for it to fill in, drop or validate. */
const NO_SCHEMA: RJSFSchema = {};

interface ThemedFormProps {
  id: string;
  onSubmit: () => void;
  /** The fields, which find the theme's widgets through the registry. */
  children: ReactNode;
}

/** `@rjsf/core`'s form with our widgets, and a tree of our own in place of its fields. */
export function ThemedForm({ id, onSubmit, children }: ThemedFormProps) {
  const nothing = useMemo(() => <span hidden />, []);
  return (
    <TreeContext value={children}>
      <Form
        id={id}
        schema={NO_SCHEMA}
        validator={VALIDATOR}
        fields={FIELDS}
        widgets={WIDGETS}
        showErrorList={false}
        noHtml5Validate
        noValidate
        onSubmit={onSubmit}
      >
        {/* The submit buttons stand outside, beside the countdown. */}
        {nothing}
      </Form>
    </TreeContext>
  );
}
