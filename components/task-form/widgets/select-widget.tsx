import type { WidgetProps } from '@rjsf/utils';
import { FieldFrame, inputProps } from '@/components/task-form/fields/field-frame';
import classes from '@/components/task-form/task-form.module.css';
import { optionLabel } from '@/components/task-form/ui-schema';
import { optionsOf } from './option-words';

/** One of many answers, in the browser's own list, where typing finds an option. */
export function ManyOptionsWidget(props: WidgetProps) {
  const options = optionsOf(props);
  const faults = props.rawErrors ?? [];
  const chosen = props.value === undefined ? '' : JSON.stringify(props.value);
  return (
    <FieldFrame widget={props} faults={faults}>
      <select
        {...inputProps(props, faults)}
        className={`${classes.input} ${classes.select}`}
        value={chosen}
        onChange={(event) => {
          const { value } = event.target;
          props.onChange(value === '' ? undefined : JSON.parse(value));
        }}
        onBlur={() => props.onBlur(props.id, props.value)}
      >
        <option value="">Choose …</option>
        {options.map((option) => (
          <option key={JSON.stringify(option.value)} value={JSON.stringify(option.value)}>
            {optionLabel(option.label, option.value)}
          </option>
        ))}
      </select>
      {options.some(({ about }) => about) ? (
        <details className={classes.meanings}>
          <summary>What the options mean</summary>
          <dl>
            {options.map((option) =>
              option.about ? (
                <div key={JSON.stringify(option.value)}>
                  <dt>{optionLabel(option.label, option.value)}</dt>
                  <dd>{option.about}</dd>
                </div>
              ) : null,
            )}
          </dl>
        </details>
      ) : null}
    </FieldFrame>
  );
}
