/**
 * MLflow's file store makes a regular expression of a LIKE pattern and matches it from the start (`re.match`): `%` and
 * `_` do not cross a line feed, and the end also stands before a last one (mlflow.md §1.15). SQL's LIKE knows no lines.
 */
export type LikeRules = 'files' | 'sql';

/**
 * A test for a LIKE pattern. Its pieces between the `%` are looked for one after the other, each as far left as it
 * can be: no text makes that slow, as it would one regular expression of all of them.
 */
export function likeTest(
  pattern: string,
  { ignoreCase, rules }: { readonly ignoreCase: boolean; readonly rules: LikeRules },
): (text: string) => boolean {
  const flags = ignoreCase ? 'giu' : 'gu';
  const texts = pattern.split('%');
  const end = rules === 'files' ? '\\n?$' : '$';
  const pieces = texts.map((text, i) => {
    const [from, to] = [i === 0 ? '^' : '', i === texts.length - 1 && text !== '' ? end : ''];
    return new RegExp(from + bodyOf(text, rules) + to, flags);
  });
  // `LIKE ''` has one empty piece, which is its end.
  if (pattern === '') return (text) => text === '' || (rules === 'files' && text === '\n');
  return (text) => {
    let at = 0;
    for (const piece of pieces) {
      piece.lastIndex = at;
      const found = piece.exec(text);
      if (!found || (rules === 'files' && text.slice(at, found.index).includes('\n'))) return false;
      at = found.index + found[0].length;
    }
    return true;
  };
}

function bodyOf(text: string, rules: LikeRules): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&').replaceAll('_', rules === 'files' ? '[^\\n]' : '[^]');
}
