import fastify from 'fastify';
import { Pool } from 'undici';

// The whole body goes on as it came: nobody looks into it here.
const app = fastify();
app.addContentTypeParser('application/json', { parseAs: 'string' }, (_, body, done) => done(null, body));
const upstream = (name: string) => new Pool(process.env[name] ?? '', { connections: 64 });
const orders = upstream('ORDERS_URL');
const catalog = process.env['CATALOG_URL'] ? upstream('CATALOG_URL') : undefined;

app.post('/v1/orders', async (request, reply) => {
  const { statusCode, headers, body } = await orders.request({
    method: 'POST',
    path: '/v1/orders',
    headers: {
      'content-type': 'application/json',
      'idempotency-key': request.headers['idempotency-key'],
      customer: request.headers['customer'],
    },
    body: request.body as string,
  });
  const text = await body.text();
  return reply
    .status(statusCode)
    .headers({ 'content-type': 'application/json', location: headers['location'] })
    .send(text);
});

app.get('/v1/*', async (request, reply) => {
  if (!catalog) return reply.status(404).send();
  const { statusCode, body } = await catalog.request({ method: 'GET', path: request.url });
  return reply
    .status(statusCode)
    .header('content-type', 'application/json')
    .send(await body.text());
});

await app.listen({ host: '127.0.0.1', port: Number(process.env['PORT']) });
