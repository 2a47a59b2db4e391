/** The WWW-Authenticate header of a refusal (RFC 6750, section 3). */
export function challenge(
  error?: 'invalid_token' | 'insufficient_scope',
  description?: string,
  scope?: string,
): Record<string, string> {
  const parameters = [
    error && `error="${error}"`,
    description && `error_description="${description}"`,
    scope && `scope="${scope}"`,
  ].filter(Boolean);
  return { 'www-authenticate': ['Bearer', parameters.join(', ')].join(' ').trimEnd() };
}
