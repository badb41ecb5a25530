import { useId } from 'react';
import type { Input } from './described-call';
import classes from './try-it.module.css';

/** Fields for the parts of an address. */
export function CallInputs(props: {
  inputs: Input[];
  values: Record<string, string>;
  onChange: (name: string, value: string) => void;
}) {
  const id = useId();
  return (
    <div className={classes.inputs}>
      {props.inputs.map(({ name, in: place, required, choices }) => {
        const given = {
          id: `${id}-${name}`,
          value: props.values[name] ?? '',
          onChange: (event: { target: { value: string } }) =>
            props.onChange(name, event.target.value),
        };
        return (
          <div key={name} className={classes.field}>
            <label htmlFor={given.id}>
              {name} <span>{required ? place : `${place}, may be empty`}</span>
            </label>
            {choices.length > 0 ? (
              <select {...given}>
                <option value="">–</option>
                {choices.map((choice) => (
                  <option key={choice}>{choice}</option>
                ))}
              </select>
            ) : (
              <input type="text" autoComplete="off" spellCheck={false} {...given} />
            )}
          </div>
        );
      })}
    </div>
  );
}
