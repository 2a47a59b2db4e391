import { startIdentity } from './start-identity.ts';

await startIdentity();
