type Listener = (...args: unknown[]) => void;

/** The part of `process` that ends a service, so that tests can stand in for it. */
export interface ProcessHost {
  on(event: string, listener: Listener): unknown;
  off(event: string, listener: Listener): unknown;
  exit(code: number): void;
  stderr: { write(text: string): unknown };
}
