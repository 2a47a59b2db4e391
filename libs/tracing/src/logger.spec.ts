import { describe, expect, it } from '@jest/globals';
import { runWithPreload } from './run-script.fixture.ts';

describe('a log line', () => {
  it('is JSON with time, level, service, name and the active trace', async () => {
    const { logs, text } = await runWithPreload(`
      t.logger('relay').info({ lane: 3 }, 'sent');
      t.inNewTrace({}, () => { t.logger('relay').info('in a trace'); console.log(t.currentTraceId()); });`);
    expect(logs[0]).toEqual({
      level: 'info',
      time: expect.stringMatching(/^\d{4}-.*Z$/),
      service: 'orders',
      name: 'relay',
      lane: 3,
      msg: 'sent',
    });
    expect(logs[1]).toMatchObject({ trace_id: text, span_id: expect.stringMatching(/^[0-9a-f]{16}$/) });
  });

  it('never shows what must stay secret, not even in an error', async () => {
    const { logs } = await runWithPreload(`
      const error = Object.assign(new Error('query failed'), { code: '23505', parameters: ['hunter2'], config: { headers: { authorization: 'hunter2' } } });
      t.logger('x').error({ err: error, authorization: 'hunter2', headers: { cookie: 'hunter2' }, order: { card: { paymentToken: 'hunter2' } } }, 'failed');`);
    expect(JSON.stringify(logs)).not.toContain('hunter2');
    expect(logs[0]).toMatchObject({
      err: { type: 'Error', message: 'query failed', code: '23505', stack: expect.any(String) },
    });
  });

  it('is written from LOG_LEVEL up', async () => {
    const script = `const log = t.logger('x'); log.debug('d'); log.info('i'); log.warn('w');`;
    const messages = async (LOG_LEVEL: string) =>
      (await runWithPreload(script, { LOG_LEVEL })).logs.map(({ msg }) => msg);
    expect(await messages('debug')).toEqual(['d', 'i', 'w']);
    expect(await messages('warn')).toEqual(['w']);
    expect(await messages('nonsense')).toEqual(['i', 'w']);
  });
});
