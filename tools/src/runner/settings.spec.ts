import { describe, expect, it } from '@jest/globals';
import { randomPorts } from './random-ports.ts';
import { dataFolder, portsFrom, portVariable, root } from './settings.ts';

describe('the settings of the local run', () => {
  it('are the documented ports', () => {
    expect(portsFrom({})).toMatchObject({
      gateway: 8080,
      identity: 8086,
      catalog: 8081,
      'psp-sandbox': 8090,
      postgres: 55432,
      kafka: 59092,
    });
  });

  it('let each port be chosen by its variable', () => {
    expect(portVariable('psp-sandbox')).toBe('PSP_SANDBOX_PORT');
    expect(portsFrom({ PSP_SANDBOX_PORT: '9001', POSTGRES_PORT: '' })).toMatchObject({
      'psp-sandbox': 9001,
      postgres: 55432,
    });
  });

  it.each(['http', '0', '65536', '80.5'])('name the variable when it is no port: %s', (value) => {
    expect(() => portsFrom({ GATEWAY_PORT: value })).toThrow(
      `GATEWAY_PORT must be a port number, not "${value}"`,
    );
  });

  it('place the data at the root unless SHOP_DATA says otherwise', () => {
    expect(dataFolder({})).toBe(`${root}/.shop`);
    expect(dataFolder({ SHOP_DATA: '/var/tmp/shop' })).toBe('/var/tmp/shop');
  });

  it('give every part of a shop another random port', async () => {
    const ports = Object.values(await randomPorts());
    expect(new Set(ports).size).toBe(10);
  });
});
