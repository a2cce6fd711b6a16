/** Paths as text, without asking the disk: both POSIX and Windows forms, because settings travel between machines. */

export function isAbsolutePath(path: string): boolean {
  return /^([\\/]|[a-z]:[\\/])/i.test(path);
}

/** `path` seen from `base`, with `.` and `..` resolved; an absolute `path` stands for itself. */
export function resolvePath(base: string, path: string): string {
  const whole = isAbsolutePath(path) ? path : `${base}/${path}`;
  const separator = /^[a-z]:|^\\\\/i.test(whole) ? '\\' : '/';
  const root = /^([a-z]:[\\/]|\\\\|\/)/i.exec(whole)?.[0] ?? '';
  const parts: string[] = [];
  for (const part of whole.slice(root.length).split(/[\\/]/)) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return root.replaceAll(/[\\/]/g, separator) + parts.join(separator);
}

/** `~` and `~/…` made absolute. */
export function expandHome(path: string, home: string): string {
  return /^~(?=$|[\\/])/.test(path) ? resolvePath(home, `.${path.slice(1)}`) : path;
}

/** What lies below `folder`, relative to it with slashes; undefined where `path` is not below it. */
export function relativePath(folder: string, path: string): string | undefined {
  const root = resolvePath(folder, '.');
  const full = resolvePath(folder, path);
  const rest = full.slice(root.length);
  const below = full.startsWith(root) && (root.endsWith('/') || /^[\\/]/.test(rest));
  return below ? rest.replaceAll('\\', '/').replace(/^\//, '') : undefined;
}
