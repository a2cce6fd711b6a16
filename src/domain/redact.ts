/** Hides what must not be logged or printed: user names and passwords in URLs, Authorization headers, tokens in queries. */
export function redact(text: string): string {
  return text
    .replace(/([a-z][a-z0-9+.-]*:\/\/)[^\s/?#'"]*@/gi, '$1')
    .replace(
      /(authorization['"]?\s*[:=]\s*['"]?)(?:(basic|bearer)\s+)?[^\s'",}]+/gi,
      (_all, start: string, kind?: string) => (kind ? `${start}${kind} …` : `${start}…`),
    )
    .replace(/\b(basic|bearer)\s+(?!…)[a-z0-9+/=._~-]{6,}/gi, '$1 …')
    .replace(/([?&;](?:[a-z_-]*(?:token|password|secret|signature|sig|key)))=[^&#\s'"]+/gi, '$1=…');
}
