import type { KeyValue } from './experiment';

/** Packages by name, as `pip` compares names; of a pinned one the version alone, else what was asked for as written. */
export function parseRequirements(text: string): KeyValue[] {
  const lines = text.replace(/\\\r?\n/g, ' ').split(/\r?\n/);
  return lines.flatMap((line) => packageOf(line.replace(/(^|\s)#.*$/, '').trim()));
}

/** `name[extra]==1.0; marker --hash=…`; options such as `-r` name no package. */
export function packageOf(requirement: string): KeyValue[] {
  const [, name, rest = ''] = /^([A-Za-z0-9][A-Za-z0-9._-]*)\s*(?:\[[^\]]*\])?\s*(.*)$/s.exec(requirement) ?? [];
  if (name === undefined) return [];
  const wanted = rest.replace(/\s*(;|--hash=).*$/s, '').trim();
  return [{ key: name.toLowerCase().replace(/[._-]+/g, '-'), value: wanted.replace(/^={1,3}\s*/, '') || '*' }];
}

/** Of several sources what the first says of a package. */
export function mergePackages(...sources: readonly (readonly KeyValue[])[]): KeyValue[] {
  const packages = new Map<string, KeyValue>();
  for (const each of sources.flat()) if (!packages.has(each.key)) packages.set(each.key, each);
  return [...packages.values()];
}
