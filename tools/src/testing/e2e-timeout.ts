import { jest } from '@jest/globals';

// A whole shop, and the deadlines of orders that nobody answers.
jest.setTimeout(120_000);
