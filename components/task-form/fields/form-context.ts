'use client';

import type { Registry } from '@rjsf/utils';
import { type ComponentType, createContext, type ReactNode, useContext } from 'react';
import { usePatternVerdicts } from '../check/slow-patterns';
import type { Edit, Path, Spot } from '../shape/edit-draft';
import { pointerOfPath } from '../shape/pointer';
import { type Chosen, resolveShape, type Shape } from '../shape/resolve-shape';
import type { Schema } from '../shape/schema-parts';

/** What stays the same while a form is filled in. */
interface FormBasis {
  schema: Schema;
  edit: (edit: Edit) => void;
  /** Renders any part; given here since groups and lists hold parts, which may be groups and lists. */
  Node: ComponentType<NodeProps>;
}

const missing = () => {
  throw new Error('A field stands outside of a form.');
};

export const BasisContext = createContext<FormBasis>({
  schema: {},
  edit: missing,
  Node: () => null,
});
export const ChosenContext = createContext<Chosen>({});
/** What is wrong, by JSON pointer. */
export const FaultsContext = createContext<ReadonlyMap<string, string[]>>(new Map());

export const useBasis = () => useContext(BasisContext);

/** The form library's registry: the theme's widgets, and what widgets written for it expect. */
export const RegistryContext = createContext<Registry | null>(null);

export function useRegistry(): Registry {
  return useContext(RegistryContext) ?? missing();
}

const NONE: string[] = [];

export function useFaults(path: Path): string[] {
  return useContext(FaultsContext).get(pointerOfPath(path)) ?? NONE;
}

/** What a part of the schema comes to for its value. */
export function useShape(schema: unknown, value: unknown, { scope }: Spot): Shape {
  const { schema: root } = useBasis();
  const chosen = useContext(ChosenContext);
  usePatternVerdicts();
  return resolveShape(schema, value, { root, chosen, scope });
}

/** What every field gets. */
export interface NodeProps {
  schema: unknown;
  value: unknown;
  spot: Spot;
  label: string;
  required: boolean;
  /** The label is there for screen readers only: it stands above the column, or around the field. */
  hideLabel?: boolean | undefined;
  /** The field is a cell of a table, and stays as low as it can. */
  isCell?: boolean | undefined;
  /** The field is an entry that stays when its value is taken away. */
  isEntry?: boolean | undefined;
}

const spots = new WeakMap<Spot, Map<string, Spot>>();

/** A place inside another; the same object each time, so that fields need not render again. */
export function innerSpot(outer: Spot, step: string | number, scope: string): Spot {
  const known = spots.get(outer) ?? new Map<string, Spot>();
  spots.set(outer, known);
  const key = `${typeof step} ${scope}`;
  const spot = known.get(key) ?? { path: [...outer.path, step], scope };
  known.set(key, spot);
  return spot;
}

export const ROOT_SPOT: Spot = { path: [], scope: '' };

/** A part whose kind is known. */
export interface ShapedProps extends NodeProps {
  shape: Shape;
  /** Its name stands already around it. */
  isBare?: boolean | undefined;
  /** Stands among the fields of a group: the choice that brings the rest of them. */
  choice?: ReactNode;
}
