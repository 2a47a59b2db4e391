import fastify, { type FastifyInstance } from 'fastify';

/** Answers on the process's port: that is how the benchmark knows that it is up. */
export async function listen(app: FastifyInstance = fastify()): Promise<void> {
  app.get('/health/ready', () => ({}));
  await app.listen({ host: '127.0.0.1', port: Number(process.env['PORT']) });
}
