import { commandConfig } from '@shop/config';
import { z } from 'zod';
import { issueToken } from '../auth.ts';
import { seedCatalogue } from '../runner/catalogue.ts';
import { terminalProgress } from '../runner/progress.ts';

/** Fills a shop that has no product yet with a catalogue. KEYS is the folder whose `auth` holds the key that signs tokens. */
const { CATALOGUE, GATEWAY_URL, KEYS } = commandConfig(
  'setup catalogue',
  z.object({ CATALOGUE: z.string().default('catalogue.csv'), GATEWAY_URL: z.url(), KEYS: z.string() }),
);
const token = (name: string) => issueToken({ dataDir: KEYS, name });
await seedCatalogue({ gatewayUrl: GATEWAY_URL, token }, terminalProgress(), CATALOGUE);
