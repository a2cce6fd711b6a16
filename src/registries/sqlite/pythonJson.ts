/** JSON as Python's `json.dumps` writes it: blanks after `,` and `:`, every character beyond ASCII escaped. */
export function pythonJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(pythonJson).join(', ')}]`;
  if (typeof value === 'object' && value !== null) {
    const parts = Object.entries(value).map(([key, part]) => `${pythonJson(key)}: ${pythonJson(part)}`);
    return `{${parts.join(', ')}}`;
  }
  const text = JSON.stringify(value) as string | undefined;
  return (text ?? 'null').replace(
    /[\u007f-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
