export { readRules } from './alerts/files.ts';
export { issueToken, signerOf } from './auth.ts';
export type { StartOptions } from './runner/options.ts';
export { keyFolder } from './runner/key-folder.ts';
export { paint } from './runner/paint.ts';
export { type Progress, terminalProgress } from './runner/progress.ts';
export { secretsIn } from './runner/secrets.ts';
export type { Service } from './runner/service.ts';
export type { ServiceProcess } from './runner/service-process.ts';
export {
  type DatabaseName,
  databaseNames,
  dataFolder,
  places,
  portsFrom,
  type RoutedName,
  type ServiceName,
  serviceNames,
  StartError,
} from './runner/settings.ts';
export type { Shop } from './runner/shop.ts';
export { endOnSignals } from './runner/signals.ts';
export { startShop } from './runner/start-shop.ts';
export { readState, type RunState } from './runner/state.ts';
export type { CollectedSpan } from './telemetry/otlp/spans.ts';
export type { Overview } from './telemetry/views/overview.ts';
