import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Loaded before a service: shows it a wrong time of day when the file that is named like its port says so. Timers are not changed. */
const file = join(process.env['FAULTS_CLOCKS'] ?? '', process.env['PORT'] ?? '');
const offsetMs = existsSync(file) ? Number.parseInt(readFileSync(file, 'utf8'), 10) || 0 : 0;

if (offsetMs !== 0) {
  const right = Date.now;
  const wrong = () => right() + offsetMs;
  globalThis.Date = new Proxy(Date, {
    construct: (target, given: unknown[], constructed) =>
      Reflect.construct(target, given.length === 0 ? [wrong()] : given, constructed) as object,
    get: (target, name, receiver) =>
      name === 'now' ? wrong : (Reflect.get(target, name, receiver) as unknown),
  });
}
