const MAX_LENGTH = 500;

const secrets: [RegExp, string][] = [
  [/\b(bearer|basic)\s+\S+/gi, '$1 [redacted]'],
  [/\b(tok|sk|pk|rk|whsec)_[\w-]+/g, '$1_[redacted]'],
  [/\/\/[^/\s:@]+:[^/\s@]+@/g, '//[redacted]@'],
  [/[^\s<>"'@]+@(?:[\w-]+\.)+[a-z]{2,}/gi, '[redacted]'],
  // Card numbers, but not the digits of a UUID.
  [/(?<![\w-])(?:\d{13,19}|\d{4}(?:[ -]\d{4}){2,3}(?:[ -]\d{1,4})?)(?![\w-])/g, '[redacted]'],
  [/\b((?:password|secret|token|api[-_]?key)\b["']?\s*[=:]\s*["']?)[^\s"',}&]+/gi, '$1[redacted]'],
];

/** An error in one bounded line, without what looks like a credential, a card number or an e-mail address: it ends up in headers that operators see. */
export function describe(error: unknown): string {
  const full = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  const line = secrets.reduce(
    (text, [pattern, replacement]) => text.replace(pattern, replacement),
    full.replace(/\s+/g, ' '),
  );
  return line.slice(0, MAX_LENGTH);
}
