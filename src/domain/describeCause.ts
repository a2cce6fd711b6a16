/** Causes below a failure that are told; one may be its own cause. */
const deepest = 10;

/** What is told of an error, its stack by default, and of the causes below it. */
export function describeCause(cause: unknown, tell: (error: Error) => string = stackOf, depth = 1): string {
  if (!(cause instanceof Error)) return textOf(cause);
  const own = tell(cause);
  if (cause.cause === undefined || depth === deepest) return own;
  return `${own}\ncaused by ${describeCause(cause.cause, tell, depth + 1)}`;
}

function stackOf({ stack, message }: Error): string {
  return stack ?? message;
}

function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  try {
    const text = JSON.stringify(value) as string | undefined;
    return text ?? String(value);
  } catch {
    // A circle, or a number that JSON has not.
    return String(value);
  }
}
