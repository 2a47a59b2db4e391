import type { FastifyRequest } from 'fastify';

const id = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * The path of a request as logs and spans may hold it: its route, with the ids that were asked for. What else stands in a path came from
 * outside, and may be a name, an e-mail address or a card number. Undefined where no route was found.
 */
export function knownPath({ routeOptions: { url }, params }: FastifyRequest): string | undefined {
  const given = params as Record<string, string>;
  return url?.replace(/:(\w+)/g, (parameter, name: string) =>
    id.test(given[name] ?? '') ? given[name]! : parameter,
  );
}
