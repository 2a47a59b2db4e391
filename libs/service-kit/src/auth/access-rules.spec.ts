import { describe, expect, it } from '@jest/globals';
import { Controller, Delete, Get, Module } from '@nestjs/common';
import { httpConfig } from '@shop/config';
import { FakeProcess, serve } from '../serve.fixture.ts';
import { startService } from '../start-service.ts';
import { authModule } from './auth.module.ts';
import { Public, RequireScope } from './decorators.ts';

@Controller('v1/things')
class Things {
  @Get()
  @Public()
  list() {
    return [];
  }

  @Delete(':id')
  remove() {
    return {};
  }
}

@Controller('v1/orders')
@RequireScope('orders')
class Orders {
  @Get()
  list() {
    return [];
  }
}

const auth = { AUTH_ISSUER: 'http://issuer', AUTH_AUDIENCE: 'shop', AUTH_JWKS_URL: 'file:///nowhere' };

@Module({})
class App {}

describe('a service', () => {
  it('does not start with a route that does not say who may use it', async () => {
    await expect(serve([Things], { imports: [authModule(auth)] })).rejects.toThrow(
      'nobody said who may use Things.remove (DELETE /v1/things/:id); write @RequireScope, @RequireSecret or @Public',
    );
  });

  it('does not start with a route that needs a token when nothing checks tokens', async () => {
    await expect(serve([Orders])).rejects.toThrow(
      'Orders.list (GET /v1/orders) needs a token, but nothing checks tokens here; import authModule(config)',
    );
    await (await serve([Orders], { imports: [authModule(auth)] })).close();
  });

  it('says so in one line, and exits with 1', async () => {
    const host = new FakeProcess();
    const module = () => ({ module: App, controllers: [Things] });
    const starting = startService(
      { name: 'things', config: httpConfig(0), module, env: { HOST: '127.0.0.1' } },
      host,
    );
    await expect(starting).rejects.toThrow();
    expect([host.exits, host.printed.length]).toEqual([[1], 1]);
    expect(host.printed[0]).toMatch(/^things: nobody said who may use Things\.remove .*\n$/);
  });
});
