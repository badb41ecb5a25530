import classes from './accuracy-bar.module.css';

export interface Accuracy {
  accuracy: number;
  lower: number;
  upper: number;
  /** Checked answers; with none, the mean is not drawn. */
  total: number;
}

/** An accuracy with the interval that it lies in; the numbers stand beside it, in words. */
export function AccuracyBar({ accuracy, lower, upper, total }: Accuracy) {
  return (
    <span className={classes.track} aria-hidden="true">
      <span
        className={classes.interval}
        style={{ left: `${lower * 100}%`, width: `${(upper - lower) * 100}%` }}
      />
      {total > 0 ? <span className={classes.mean} style={{ left: `${accuracy * 100}%` }} /> : null}
    </span>
  );
}
