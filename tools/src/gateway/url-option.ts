/** The gateway that a command was told by `--gateway`, without a slash at its end; throws when it is no URL. */
export function gatewayUrl(told: string): string {
  if (!/^https?:\/\//.test(told) || !URL.canParse(told))
    throw new Error(`--gateway must be an http(s) URL, not "${told}"`);
  return told.replace(/\/+$/, '');
}
