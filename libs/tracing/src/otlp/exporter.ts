import { OTLPExporterBase } from '@opentelemetry/otlp-exporter-base';
import {
  convertLegacyHttpOptions,
  createOtlpHttpExportDelegate,
} from '@opentelemetry/otlp-exporter-base/node-http';
import type { IExporterMetricsHelper, ISerializer } from '@opentelemetry/otlp-transformer';
import { logger } from '../logger.ts';
import type { Signal } from './wanted.ts';

interface Encodings<T> {
  json: ISerializer<T, unknown>;
  protobuf: ISerializer<T, unknown>;
  helper: IExporterMetricsHelper<T>;
}

/** Sends a signal by OTLP over HTTP. Where, with which headers and how patiently say the standard `OTEL_EXPORTER_OTLP_*` variables. */
export function otlpExporter<T>(
  signal: Signal,
  protocol: string | undefined,
  { json, protobuf, helper }: Encodings<T>,
): OTLPExporterBase<T> {
  if (protocol === 'grpc')
    logger('telemetry').warn(
      { signal },
      'OTLP over gRPC is not supported; it is sent over HTTP, for which collectors have port 4318',
    );
  const isJson = protocol === 'http/json';
  const type = { 'Content-Type': isJson ? 'application/json' : 'application/x-protobuf' };
  const options = convertLegacyHttpOptions({}, signal, `v1/${signal.toLowerCase()}`, type);
  return new OTLPExporterBase(
    createOtlpHttpExportDelegate(options, isJson ? json : protobuf, 'otlp_http_exporter', helper, undefined),
  );
}

/** `http/json` or `http/protobuf`, of one signal or of all. */
export const protocolOf = (signal: Signal, env: NodeJS.ProcessEnv): string | undefined =>
  env[`OTEL_EXPORTER_OTLP_${signal}_PROTOCOL`] || env['OTEL_EXPORTER_OTLP_PROTOCOL'];

/** A positive number out of the environment. */
export const numberOf = (value: string | undefined, otherwise: number): number =>
  Number(value) > 0 ? Number(value) : otherwise;
