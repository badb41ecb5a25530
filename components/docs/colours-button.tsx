import { Icon } from '@/components/ui/icons';
import classes from './docs.module.css';

/** Turns the page from light to dark and back, and remembers it. Before that, the early script follows the system. */
export function ColoursButton() {
  return (
    <button
      type="button"
      className={classes.iconButton}
      aria-label="Light or dark"
      data-turns-colours
    >
      <span className={classes.onLight}>
        <Icon name="moon" />
      </span>
      <span className={classes.onDark}>
        <Icon name="sun" />
      </span>
    </button>
  );
}
