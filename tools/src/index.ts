export { authSettings, issueToken } from './auth.ts';
export type { StartOptions } from './runner/options.ts';
export type { Service } from './runner/service.ts';
export {
  type DatabaseName,
  dataFolder,
  portsFrom,
  type ServiceName,
  serviceNames,
} from './runner/settings.ts';
export type { Shop } from './runner/shop.ts';
export { startShop } from './runner/start-shop.ts';
export { readState, type RunState } from './runner/state.ts';
