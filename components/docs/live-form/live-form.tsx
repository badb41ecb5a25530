import { isValidElement, type ReactNode } from 'react';
import { LiveFormPlace } from './live-form-place';

/** A block of code that holds a schema, with the form that a worker gets of it, to be changed and tried. */
export function LiveForm({ children }: { children: ReactNode }) {
  return <LiveFormPlace schemaText={textOf(children).trim()}>{children}</LiveFormPlace>;
}

/** The text of a block that is coloured already. */
function textOf(node: ReactNode): string {
  if (typeof node === 'string') return node;
  if (Array.isArray(node)) return node.map(textOf).join('');
  return isValidElement<{ children?: ReactNode }>(node) ? textOf(node.props.children) : '';
}
