/**
 * JSON as lines with two spaces per level. It is never parsed, so that no digit of a number changes, what Python writes
 * beyond JSON (NaN, Infinity) passes, and so does a text that ends half-way.
 */
export function indentJson(text: string): string {
  const parts: string[] = [];
  let depth = 0;
  const line = (): string => `\n${'  '.repeat(Math.min(depth, deepest))}`;
  for (const [token] of text.matchAll(tokens)) {
    if (token === '{' || token === '[') {
      depth++;
      parts.push(token, line());
    } else if (token === '}' || token === ']') {
      depth = Math.max(0, depth - 1);
      parts.push(line(), token);
    } else if (token === ',') parts.push(token, line());
    else parts.push(token === ':' ? ': ' : token);
  }
  return parts.join('').replace(/([[{])\s*([\]}])/g, '$1$2');
}

/** A string that may lack its end, a mark, or anything else up to the next of these. */
const tokens = /"(?:[^"\\]|\\.)*"?|[{}[\],:]|[^\s{}[\],:"]+/gs;

/** Deeper levels are not indented further: hostile nesting would fill the memory with spaces. */
const deepest = 40;
