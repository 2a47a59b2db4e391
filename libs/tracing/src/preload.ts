import { startTelemetry } from './start-telemetry.ts';

await startTelemetry();
