import { v7 } from 'uuid';
import { z } from 'zod';

/** A UUIDv7 (RFC 9562): sorts by creation time, so indexes stay dense. */
export const Id = z.uuidv7();

/** A new UUIDv7. */
export const newId = (): string => v7();
