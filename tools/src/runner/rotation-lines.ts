import { loadKey, longestTokenLife, type Rotation } from '@shop/identity/keys';
import { paint } from './paint.ts';

/** What a rotation did, for the terminal. */
export function rotationLines({ signing, published, removed }: Rotation): string {
  const until = new Date(signing.since + longestTokenLife * 1_000).toISOString().slice(0, 16);
  const line = (sign: string, key: string, what: string) => `  ${sign} ${key.padEnd(44)} ${paint.dim(what)}`;
  return [
    line(paint.green('●'), loadKey(signing).kid, 'signs from now on'),
    ...published.map((key) => line('○', loadKey(key).kid, `still accepted, until ${until} at the latest`)),
    ...(removed > 0 ? [line(' ', `${removed} older`, 'removed: no token of theirs is valid')] : []),
  ].join('\n');
}
