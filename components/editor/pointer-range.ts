import { ensureSyntaxTree } from '@codemirror/language';
import type { EditorState } from '@codemirror/state';
import { pointerSteps } from './json-text';

type SyntaxNode = NonNullable<ReturnType<typeof ensureSyntaxTree>>['topNode'];

const PARSE_MS_MAX = 200;
const VALUES = new Set(['Object', 'Array', 'String', 'Number', 'True', 'False', 'Null']);

/** Where a JSON Pointer leads to in a document: the name of a field, or a value in a list. */
export function rangeOfPointer(state: EditorState, pointer: string): { from: number; to: number } {
  const tree = ensureSyntaxTree(state, state.doc.length, PARSE_MS_MAX);
  let value = tree ? valueIn(tree.topNode) : null;
  let shown: SyntaxNode | null = null;
  for (const step of pointerSteps(pointer)) {
    // A fault of what is missing stands at the nearest place that is there.
    const next = value ? childOf(state, value, step) : null;
    if (!next) break;
    value = next.value;
    shown = next.name ?? next.value;
  }
  if (!shown)
    return { from: value?.from ?? 0, to: Math.min((value?.from ?? 0) + 1, state.doc.length) };
  const isLarge = shown.name === 'Object' || shown.name === 'Array';
  return { from: shown.from, to: isLarge ? shown.from + 1 : shown.to };
}

function valueIn(node: SyntaxNode): SyntaxNode | null {
  for (let child = node.firstChild; child; child = child.nextSibling) {
    if (VALUES.has(child.name)) return child;
  }
  return null;
}

function childOf(
  state: EditorState,
  value: SyntaxNode,
  step: string,
): { name: SyntaxNode | null; value: SyntaxNode | null } | null {
  let index = 0;
  for (let child = value.firstChild; child; child = child.nextSibling) {
    if (value.name === 'Object' && child.name === 'Property') {
      const name = child.getChild('PropertyName');
      if (name && nameOf(state, name) === step) return { name, value: valueIn(child) };
    } else if (value.name === 'Array' && VALUES.has(child.name)) {
      if (String(index++) === step) return { name: null, value: child };
    }
  }
  return null;
}

function nameOf(state: EditorState, node: SyntaxNode): string | null {
  try {
    return JSON.parse(state.sliceDoc(node.from, node.to));
  } catch {
    return null;
  }
}
