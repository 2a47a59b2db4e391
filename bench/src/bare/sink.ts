import { createServer } from 'node:http';

let bytes = 0;

/** A collector that takes every export and keeps none, so that it costs what is measured as little as it can. GET answers the bytes so far. */
createServer((request, response) => {
  if (request.method === 'GET') return response.end(JSON.stringify({ bytes }));
  request.on('data', (chunk: Buffer) => (bytes += chunk.length));
  return request.on('end', () => response.writeHead(200, { 'content-type': 'application/x-protobuf' }).end());
}).listen(Number(process.env['PORT']), '127.0.0.1');
