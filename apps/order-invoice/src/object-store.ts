/** Where documents are kept for good. */
export interface ObjectStore {
  /** Keeps `bytes` under `name` unless something is there already, as `If-None-Match: *` does; answers whether it was free. */
  put(name: string, bytes: Uint8Array): Promise<boolean>;
}
