import { Box, type BoxProps } from '@mantine/core';
import { useId } from 'react';
import classes from './segmented-control.module.css';

interface SegmentedControlProps extends Pick<BoxProps, 'mb' | 'mt'> {
  'aria-label': string;
  data: readonly (string | { value: string; label: string; disabled?: boolean })[];
  value: string;
  onChange: (value: string) => void;
  size?: 'xs' | 'sm';
}

/** A choice of one among a few, side by side; radio buttons to the browser and to screen readers. */
export function SegmentedControl(props: SegmentedControlProps) {
  const { data, value, onChange, size = 'sm', mb, mt } = props;
  const name = useId();
  return (
    <Box
      role="radiogroup"
      aria-label={props['aria-label']}
      className={classes.segments}
      data-size={size}
      mb={mb}
      mt={mt}
    >
      {data.map((each) => {
        const option =
          typeof each === 'string' ? { value: each, label: each, disabled: false } : each;
        return (
          <label key={option.value} className={classes.segment}>
            <input
              type="radio"
              name={name}
              value={option.value}
              disabled={option.disabled}
              checked={option.value === value}
              onChange={() => onChange(option.value)}
            />
            {option.label}
          </label>
        );
      })}
    </Box>
  );
}
