import { ROUTE_ARGS_METADATA, RouteParamtypes } from '@nestjs/common/internal';
import { idempotencyKeyOf } from '../http/idempotency-key.ts';

interface RouteArgument {
  factory?: unknown;
  data?: unknown;
}

/** What a route's method asks for, as its parameter decorators say. */
export interface RouteInputs {
  idempotencyKey: boolean;
  /** Names of the headers that it reads by name. */
  headers: string[];
  /** Something that can be invalid. */
  any: boolean;
}

export function inputsOf(controller: object, method: string): RouteInputs {
  const all = (Reflect.getMetadata(ROUTE_ARGS_METADATA, controller, method) ?? {}) as Record<
    string,
    RouteArgument
  >;
  const has = (...kinds: RouteParamtypes[]) =>
    Object.keys(all).some((key) => kinds.some((kind) => key.startsWith(`${kind}:`)));
  const idempotencyKey = Object.values(all).some(({ factory }) => factory === idempotencyKeyOf);

  const headers = Object.entries(all)
    .filter(([key]) => key.startsWith(`${RouteParamtypes.HEADERS}:`))
    .flatMap(([, { data }]) => (typeof data === 'string' ? [data] : []));
  return {
    idempotencyKey,
    headers,
    any: idempotencyKey || has(RouteParamtypes.BODY, RouteParamtypes.QUERY, RouteParamtypes.PARAM),
  };
}
