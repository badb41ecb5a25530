import type { WidgetProps } from '@rjsf/utils';
import { FieldFrame, inputProps } from './field-frame';
import classes from './task-form.module.css';
import { optionDescriptions, optionLabel } from './ui-schema';

/** One of many answers, in the browser's own list, where typing finds an option. */
export function ManyOptionsWidget(props: WidgetProps) {
  const options = props.options.enumOptions ?? [];
  const faults = props.rawErrors ?? [];
  const descriptions = optionDescriptions(props);
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
      {descriptions.some(Boolean) ? (
        <details className={classes.meanings}>
          <summary>What the options mean</summary>
          <dl>
            {options.map((option, index) =>
              descriptions[index] ? (
                <div key={JSON.stringify(option.value)}>
                  <dt>{optionLabel(option.label, option.value)}</dt>
                  <dd>{descriptions[index]}</dd>
                </div>
              ) : null,
            )}
          </dl>
        </details>
      ) : null}
    </FieldFrame>
  );
}
