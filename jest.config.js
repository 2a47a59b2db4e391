import { existsSync } from 'node:fs';

const common = {
  rootDir: import.meta.dirname,
  testEnvironment: 'node',
  testEnvironmentOptions: { customExportConditions: ['shop-source', 'node', 'node-addons'] },
  extensionsToTreatAsEsm: ['.ts'],
  modulePathIgnorePatterns: [
    '<rootDir>/(apps|libs|e2e|bench|simulation|tools)/.*dist/',
    '<rootDir>/\\.(shop|nx)/',
  ],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        jsc: {
          target: 'es2024',
          parser: { syntax: 'typescript', decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
          keepClassNames: true,
        },
      },
    ],
  },
};

const infrastructure = '<rootDir>/tools/src/testing/infrastructure';
const e2eSetup = 'e2e/src/global-setup.ts';
const e2eTeardown = 'e2e/src/global-teardown.ts';
const here = (path) => existsSync(new URL(path, import.meta.url));

export default {
  // Suites share two cores with PostgreSQL and Kafka.
  maxWorkers: process.env.JEST_WORKERS ?? 2,
  // Generous: a busy machine is no failure.
  testTimeout: 20_000,
  projects: [
    { ...common, displayName: 'unit', testMatch: ['<rootDir>/**/src/**/*.spec.ts'] },
    {
      ...common,
      displayName: 'int',
      testMatch: ['<rootDir>/**/src/**/*.int-spec.ts'],
      globalSetup: `${infrastructure}-setup.ts`,
      globalTeardown: `${infrastructure}-teardown.ts`,
      setupFilesAfterEnv: ['<rootDir>/tools/src/testing/int-timeout.ts'],
    },
    {
      ...common,
      displayName: 'e2e',
      testMatch: ['<rootDir>/e2e/src/**/*.e2e-spec.ts'],
      ...(here(e2eSetup) && { globalSetup: `<rootDir>/${e2eSetup}` }),
      ...(here(e2eTeardown) && { globalTeardown: `<rootDir>/${e2eTeardown}` }),
      setupFilesAfterEnv: ['<rootDir>/tools/src/testing/e2e-timeout.ts'],
    },
  ],
};
