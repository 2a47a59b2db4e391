import { createServer } from 'node:http';

/** Does nothing for each request, as quickly as it can: the end of a raw hop, and what the load generator is measured against. */
createServer((request, response) => {
  request.resume();
  request.on('end', () => response.writeHead(202, { location: '/nothing', 'content-length': 2 }).end('{}'));
}).listen(Number(process.env['PORT']), '127.0.0.1');
