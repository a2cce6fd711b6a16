import { isRef, refKey, type Ref } from '../domain/ref';

/**
 * What a command is called on: VS Code passes `(clicked, selected[])` with tree elements that carry `ref`, other code a
 * `Ref`, the palette nothing. A selection counts only when it holds the clicked one, as in VS Code's own trees.
 */
export function refsOf(args: readonly unknown[]): Ref[] {
  const clicked = refOf(args[0]);
  if (!clicked) return [];
  const selected = (Array.isArray(args[1]) ? args[1] : []).map(refOf).filter((ref) => ref !== undefined);
  const holdsClicked = selected.some((ref) => refKey(ref) === refKey(clicked));
  return holdsClicked ? selected : [clicked];
}

function refOf(value: unknown): Ref | undefined {
  if (isRef(value)) return value;
  const inner = typeof value === 'object' && value !== null && 'ref' in value ? value.ref : undefined;
  return isRef(inner) ? inner : undefined;
}
