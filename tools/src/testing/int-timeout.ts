import { jest } from '@jest/globals';

// Real PostgreSQL and Kafka on a busy machine.
jest.setTimeout(90_000);
