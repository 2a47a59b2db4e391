export { commandConfig } from './command-config.ts';
export { ConfigError, type ConfigFault } from './config-error.ts';
export { loadConfig } from './load-config.ts';
export { secret } from './secret.ts';
export {
  authConfig,
  clientConfig,
  databaseConfig,
  finishesInHand,
  functionConfig,
  httpConfig,
  jobConfig,
  type JobConfig,
  kafkaConfig,
} from './sections.ts';
