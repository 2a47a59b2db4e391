import { AbstractLogger, type LogLevel, type LogMessage } from 'typeorm';

/** TypeORM's log, line by line, instead of the console. */
export class TypeOrmLog extends AbstractLogger {
  constructor(private readonly line: (text: string) => void) {
    super(['warn', 'migration']);
  }

  protected override writeLog(
    _level: LogLevel,
    message: LogMessage | string | number | (LogMessage | string | number)[],
  ): void {
    for (const { message: text } of this.prepareLogMessages(message)) this.line(String(text));
  }
}
