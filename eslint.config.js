import js from '@eslint/js';
import nx from '@nx/eslint-plugin';
import tseslint from 'typescript-eslint';

const libs = (...names) => names.map((name) => `lib:${name}`);
const app = libs('config', 'contracts', 'resilience', 'service-kit', 'testing', 'tracing');
const consumer = [...app, ...libs('messaging')];
const stateful = [...consumer, ...libs('persistence')];

/** Who may import whom: a room that is not in the list is closed, and no app opens to another. */
const allowedImports = {
  'lib:config': [],
  'lib:contracts': [],
  'lib:tracing': [],
  'lib:testing': libs('contracts'),
  'lib:resilience': libs('tracing'),
  'lib:service-kit': libs('config', 'resilience', 'tracing'),
  'lib:persistence': libs('config', 'contracts', 'resilience', 'service-kit', 'testing', 'tracing'),
  'lib:messaging': libs(
    ...['config', 'contracts', 'persistence', 'resilience', 'service-kit', 'testing', 'tracing'],
  ),
  'app:gateway': app,
  'app:psp-sandbox': app,
  'app:identity': app,
  'app:notifications': consumer,
  'app:order-invoice': consumer,
  'app:catalog': stateful,
  'app:inventory': stateful,
  'app:orders': stateful,
  'app:payments': stateful,
  // It draws the saga from the table of its transitions, documents every app, and signs with the keys of the identity provider.
  'tool:tools': [...libs('config', 'contracts', 'messaging', 'service-kit', 'testing'), 'type:app'],
  'tool:e2e': [...libs('contracts', 'testing'), 'tool:tools'],
  'tool:bench': [...libs('contracts', 'testing'), 'tool:tools'],
  // It runs the apps' own rules without their databases and their broker.
  'tool:simulation': [
    ...libs('contracts', 'messaging', 'persistence', 'resilience', 'service-kit'),
    ...['app:inventory', 'app:orders', 'app:payments', 'app:psp-sandbox'],
  ],
};

/** Packages that belong behind one library. */
const bannedPackages = {
  'lib:service-kit': ['kafkajs', 'pg', 'typeorm', '@nestjs/typeorm'],
  'type:app': ['kafkajs', 'pg'],
};

const specs = ['**/*.spec.ts', '**/*.int-spec.ts', '**/*.e2e-spec.ts', '**/*.fixture.ts'];
const environmentReaders = [
  'libs/config/**',
  'libs/tracing/**',
  'libs/testing/**',
  'tools/**',
  'e2e/**',
  'bench/**',
  'simulation/**',
];

const bareEnvironment = {
  object: 'process',
  property: 'env',
  message: "Add the variable to the app's config schema and inject the parsed value.",
};
const partialRuns = ['describe', 'it', 'test'].flatMap((object) =>
  ['only', 'skip', 'todo'].map((property) => ({
    object,
    property,
    message: 'Every test runs, or is deleted.',
  })),
);

export default tseslint.config(
  {
    ignores: [
      '**/dist/',
      '**/node_modules/',
      '.nx/',
      '.shop/',
      'coverage/',
      '**/public/',
      '**/*.generated.ts',
    ],
  },
  js.configs.recommended,
  ...tseslint.configs.strict,
  {
    files: ['**/*.ts'],
    plugins: { '@nx': nx },
    languageOptions: { parserOptions: { emitDecoratorMetadata: true, experimentalDecorators: true } },
    rules: {
      '@nx/enforce-module-boundaries': [
        'error',
        {
          depConstraints: [
            ...Object.entries(allowedImports).map(([sourceTag, onlyDependOnLibsWithTags]) => ({
              sourceTag,
              onlyDependOnLibsWithTags,
            })),
            ...Object.entries(bannedPackages).map(([sourceTag, bannedExternalImports]) => ({
              sourceTag,
              bannedExternalImports,
            })),
          ],
        },
      ],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      // An empty class carries a Nest module; an index that was just checked needs no second check.
      '@typescript-eslint/no-extraneous-class': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-invalid-void-type': 'off',
      '@typescript-eslint/no-dynamic-delete': 'off',
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true },
      ],
      // The compiler's job, and it knows types.
      'no-undef': 'off',
      'max-lines': ['error', 250],
      'no-console': 'error',
      'no-restricted-properties': ['error', bareEnvironment],
      'no-restricted-imports': [
        'error',
        { name: '@shop/testing', message: 'Only specs use test infrastructure.' },
      ],
      eqeqeq: 'error',
    },
  },
  { files: ['tools/**', 'e2e/**', 'bench/**', 'simulation/**'], rules: { 'no-console': 'off' } },
  {
    files: [...environmentReaders, ...specs],
    rules: { 'no-restricted-properties': 'off' },
  },
  {
    files: ['tools/**', 'e2e/**', 'bench/**', 'libs/testing/**', ...specs],
    rules: { 'no-restricted-imports': 'off' },
  },
  {
    files: specs,
    rules: {
      'no-restricted-properties': ['error', ...partialRuns],
      'no-control-regex': 'off',
      'no-restricted-globals': ['error', 'fdescribe', 'fit', 'xdescribe', 'xit', 'xtest'],
    },
  },
  {
    files: ['tools/src/telemetry/page/*.js'],
    languageOptions: {
      globals: Object.fromEntries(
        [
          'CSS',
          'EventSource',
          'addEventListener',
          'document',
          'fetch',
          'location',
          'performance',
          'scrollTo',
        ].map((name) => [name, 'readonly']),
      ),
    },
    rules: { 'max-lines': ['error', 250], 'no-console': 'error', eqeqeq: 'error' },
  },
  {
    files: ['**/*.js', '**/*.mjs'],
    languageOptions: { globals: { console: 'readonly', process: 'readonly', URL: 'readonly' } },
  },
);
