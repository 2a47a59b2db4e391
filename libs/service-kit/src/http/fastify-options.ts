import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import { currentTraceId, inNewTrace } from '@shop/tracing';
import type { FastifyHttpOptions } from 'fastify';
import { Problem } from '../problem/problem.ts';
import { problemOf } from '../problem/problem-of.ts';
import { rawProblem, sendProblem } from '../problem/send-problem.ts';
import { requestProblems } from '../problem/standard-problems.ts';

/** Everything is bounded, nothing is trusted, and even what is refused before a route is found answers as a problem. */
export const fastifyOptions: FastifyHttpOptions<Server> = {
  bodyLimit: 64 * 1024,
  // How long a request may take to arrive.
  requestTimeout: 15_000,
  keepAliveTimeout: 65_000,
  // Nothing was read, or taken by the client, for so long. A live timeline says something more often.
  connectionTimeout: 60_000,
  http: {
    headersTimeout: 10_000,
    // By default Node looks for slow clients only every 30 seconds.
    connectionsCheckingInterval: 1_000,
    // Else Node keeps the first Authorization, Content-Type or Host and drops the others, and the next server may believe another one.
    joinDuplicateHeaders: true,
    // Node's own refusal has no body; see refusal-of-head.ts.
    requireHostHeader: false,
  },
  maxRequestsPerSocket: 0,
  forceCloseConnections: 'idle',
  // While draining, requests on open connections are still answered; their connection is closed afterwards.
  return503OnClosing: false,
  routerOptions: { maxParamLength: 256 },
  frameworkErrors: (error, request, reply) => {
    inNewTrace({}, () => {
      reply.header('x-trace-id', currentTraceId());
      sendProblem(reply, problemOf(error), request.raw.url ?? '');
    });
  },
  clientErrorHandler: (error: NodeJS.ErrnoException, socket: Socket) => {
    if (error.code === 'ECONNRESET' || !socket.writable) return socket.destroy();
    socket.end(inNewTrace({}, () => rawProblem(problemOfClientError(error), currentTraceId())));
    // The server leaves connections half open, so a client could go on sending, and its request would be carried out.
    socket.destroySoon();
  },
};

function problemOfClientError(error: NodeJS.ErrnoException): Problem {
  if (error.code === 'HPE_HEADER_OVERFLOW')
    return new Problem(requestProblems.headersTooLarge, 'The headers must not exceed 16 KiB');
  if (error.code === 'ERR_HTTP_REQUEST_TIMEOUT') return new Problem(requestProblems.timedOut);
  return new Problem(requestProblems.malformed, 'The request is not valid HTTP/1.1');
}
