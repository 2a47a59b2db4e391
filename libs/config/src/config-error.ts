export interface ConfigFault {
  name: string;
  message: string;
}

/** Everything that is wrong with a configuration, in one readable message that shows no secret. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly faults: ConfigFault[];

  constructor(faults: ConfigFault[]) {
    super(
      ['The configuration is not valid:', ...faults.map(({ name, message }) => `  ${name}: ${message}`)].join(
        '\n',
      ),
    );
    this.faults = faults;
  }
}
