import js from '@eslint/js';
import nx from '@nx/eslint-plugin';
import tseslint from 'typescript-eslint';

/** Who may import whom. A room that is not in a list is closed; no app is in any. */
const stateful = ['config', 'contracts', 'messaging', 'persistence', 'resilience', 'service-kit', 'testing', 'tracing'];
const allowedImports = {
  'lib:config': [],
  'lib:contracts': [],
  'lib:tracing': [],
  'lib:testing': ['contracts'],
  'lib:resilience': ['tracing'],
  'lib:service-kit': ['config', 'resilience', 'tracing'],
  'lib:persistence': ['config', 'service-kit', 'testing', 'tracing'],
  'lib:messaging': ['config', 'contracts', 'persistence', 'service-kit', 'testing', 'tracing'],
  'app:catalog': stateful,
  'app:inventory': stateful,
  'app:orders': stateful,
  'app:payments': stateful,
  'app:notifications': stateful.filter((lib) => lib !== 'persistence'),
  'app:gateway': ['config', 'contracts', 'resilience', 'service-kit', 'testing', 'tracing'],
  'app:psp-sandbox': ['config', 'contracts', 'resilience', 'service-kit', 'testing', 'tracing'],
  'tool:tools': ['contracts', 'messaging', 'testing'],
  'tool:e2e': ['contracts', 'testing', 'tools'],
  'tool:bench': ['contracts', 'testing'],
};

/** Packages that belong behind one library. */
const bannedPackages = {
  'lib:service-kit': ['kafkajs', 'pg', 'typeorm', '@nestjs/typeorm'],
  'type:app': ['kafkajs', 'pg'],
};

const specs = ['**/*.spec.ts', '**/*.int-spec.ts', '**/*.e2e-spec.ts', '**/*.fixture.ts'];
const environmentReaders = ['libs/config/**', 'libs/tracing/**', 'libs/testing/**', 'tools/**', 'e2e/**', 'bench/**'];

const bareEnvironment = {
  object: 'process',
  property: 'env',
  message: "Add the variable to the app's config schema and inject the parsed value.",
};
const partialRuns = ['describe', 'it', 'test'].flatMap((object) =>
  ['only', 'skip', 'todo'].map((property) => ({ object, property, message: 'Every test runs, or is deleted.' })),
);

export default tseslint.config(
  { ignores: ['**/dist/', '**/node_modules/', '.nx/', '.shop/', 'coverage/', '**/public/'] },
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
            ...Object.entries(allowedImports).map(([sourceTag, rooms]) => ({
              sourceTag,
              onlyDependOnLibsWithTags: rooms.map((room) => (room === 'tools' ? 'tool:tools' : `lib:${room}`)),
            })),
            ...Object.entries(bannedPackages).map(([sourceTag, bannedExternalImports]) => ({
              sourceTag,
              bannedExternalImports,
            })),
          ],
        },
      ],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-extraneous-class': ['error', { allowWithDecorator: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', ignoreRestSiblings: true }],
      // The compiler's job, and it knows types.
      'no-undef': 'off',
      'max-lines': ['error', 250],
      'no-console': 'error',
      'no-restricted-properties': ['error', bareEnvironment],
      'no-restricted-imports': ['error', { name: '@shop/testing', message: 'Only specs use test infrastructure.' }],
      eqeqeq: 'error',
    },
  },
  { files: ['tools/**', 'bench/**'], rules: { 'no-console': 'off' } },
  {
    files: [...environmentReaders, ...specs],
    rules: { 'no-restricted-properties': 'off' },
  },
  { files: ['tools/**', 'e2e/**', 'bench/**', 'libs/testing/**', ...specs], rules: { 'no-restricted-imports': 'off' } },
  {
    files: specs,
    rules: {
      'no-restricted-properties': ['error', ...partialRuns],
      'no-restricted-globals': ['error', 'fdescribe', 'fit', 'xdescribe', 'xit', 'xtest'],
      '@typescript-eslint/no-non-null-assertion': 'off',
    },
  },
  { files: ['**/*.js', '**/*.mjs'], languageOptions: { globals: { process: 'readonly', URL: 'readonly' } } },
);
