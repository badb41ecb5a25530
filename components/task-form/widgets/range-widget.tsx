'use client';

import { rangeSpec, type WidgetProps } from '@rjsf/utils';
import classes from '@/components/task-form/task-form.module.css';
import { NumberWidget } from './number-widget';

/** A number within bounds: a box to type it or step through, and a slider for the hand. */
export function RangeWidget(props: WidgetProps) {
  const { min = 0, max = 100, step = 1 } = rangeSpec(props.schema);
  const isSet = typeof props.value === 'number';
  return (
    <div className={classes.range}>
      <NumberWidget {...props} />
      <div className={classes.slider} data-unset={!isSet || undefined}>
        <span aria-hidden="true">{min}</span>
        <input
          type="range"
          // The box beside it is the field; one more stop for the Tab key would only be in the way.
          tabIndex={-1}
          aria-label={`${props.label}, as a slider`}
          min={min}
          max={max}
          step={step}
          disabled={props.disabled || props.readonly}
          value={isSet ? props.value : min}
          onChange={(event) => props.onChange(Number(event.target.value))}
        />
        <span aria-hidden="true">{max}</span>
      </div>
    </div>
  );
}
