import { TcpProxy, testDatabase } from '@shop/testing';

/** An empty database, and a proxy before it that can cut its connections off; `proxied` leads through the proxy. */
export async function proxiedDatabase() {
  const { url, drop } = await testDatabase();
  const proxy = await TcpProxy.before(Number(new URL(url).port));
  return {
    url,
    proxied: Object.assign(new URL(url), { hostname: '127.0.0.1', port: proxy.port }).href,
    proxy,
    async end() {
      await proxy.close();
      await drop();
    },
  };
}
