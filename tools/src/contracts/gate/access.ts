import { isObject, type Json } from '../json.ts';

/** Whether a rule of `x-access` keeps somebody out whom the one before let in. */
export function isNarrower(before: Json, after: Json): boolean {
  if (!isObject(before) || !isObject(after) || 'who' in after) return false;
  if ('who' in before) return true;
  // Of a token alone it is not known what it had to hold.
  if (before['token'] === true) return false;
  if (before['scope'] === undefined || after['scope'] === undefined)
    return before['secret'] !== after['secret'];
  // An administrator has every scope.
  if (before['scope'] === 'admin') return false;
  return before['scope'] !== after['scope'] || (after['owner'] === true && before['owner'] !== true);
}
