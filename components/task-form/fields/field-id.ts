import type { Path } from '@/components/task-form/shape/edit-draft';
import { stepsOf } from '@/components/task-form/shape/pointer';

/**
 * Stands between the steps of a field's id. No name is likely to hold it, so that a field `a_b` and a
 * field `b` in a group `a` have ids of their own.
 */
export const ID_SEPARATOR = '→';
const ROOT = 'root';

/** An id as an attribute: lists of ids are split at spaces, and names may hold some. */
export function domId(id: string): string {
  return id.replaceAll(/\s/g, '␣');
}

/** The id of the field that the steps of a pointer lead to. */
function fieldIdOf(steps: string[]): string {
  return domId([ROOT, ...steps].join(ID_SEPARATOR));
}

/** The id of the field at a path. */
export function fieldIdOfPath(path: Path): string {
  return fieldIdOf(path.map(String));
}

/** Ends the id under which an entry complains of its name, since its value complains under its own. */
export const NAME_ENDING = `${ID_SEPARATOR}\n`;

/** The pointer of the field with this id. */
export function pointerOfField(id: string): string {
  const field = id.endsWith(NAME_ENDING) ? id.slice(0, -NAME_ENDING.length) : id;
  return field
    .split(ID_SEPARATOR)
    .slice(1)
    .map((step) => `/${step.replaceAll('~', '~0').replaceAll('/', '~1')}`)
    .join('');
}

/** The ids of a field and of all the groups around it, the nearest first. */
export function fieldIdsAround(pointer: string): string[] {
  const steps = stepsOf(pointer);
  return [...steps.map((_, index) => fieldIdOf(steps.slice(0, steps.length - index))), ROOT];
}
