// The direction of imports: model ← providers and controls ← backend; SDKs only in `client/`; no Node in what browsers load.

const NODE = [
  'node:*',
  'fs',
  'path',
  'crypto',
  'http',
  'https',
  'os',
  'child_process',
  'stream',
  'util',
];
const OURS = {
  node: 'backstage-plugin-pipeline-posture-node',
  controls: 'backstage-plugin-pipeline-posture-controls',
  backend: 'backstage-plugin-pipeline-posture-backend',
  modules: 'backstage-plugin-pipeline-posture-backend-module-*',
  catalog: 'backstage-plugin-catalog-backend-module-pipeline-posture',
  events: 'backstage-plugin-events-backend-module-pipeline-posture',
  search: 'backstage-plugin-search-backend-module-pipeline-posture',
  frontend: 'backstage-plugin-pipeline-posture',
};

const forbid = (group, message) => ({ group, message });
const rule = patterns => ({
  '@typescript-eslint/no-restricted-imports': ['error', { patterns }],
});

const isomorphic = [
  forbid(NODE, 'This package runs in the browser too: no Node imports.'),
  forbid(Object.values(OURS), 'The model knows nothing of those who use it.'),
];

const pure = [
  forbid(
    [
      'node:*',
      OURS.backend,
      OURS.modules,
      OURS.catalog,
      OURS.frontend,
      '@aws-sdk/*',
      'azure-devops-node-api',
      'azure-devops-node-api/*',
      '@azure/*',
    ],
    'Controls and what they are written with are pure: no network, no clock, no database.',
  ),
];

const browser = [
  forbid(NODE, 'The frontend runs in the browser: no Node imports.'),
  forbid(
    [
      OURS.node,
      OURS.controls,
      OURS.backend,
      OURS.modules,
      OURS.catalog,
      OURS.events,
      OURS.search,
    ],
    'The frontend knows the backend by its API only.',
  ),
];

const provider = [
  forbid(
    [OURS.backend, OURS.controls, OURS.catalog, OURS.frontend],
    'A provider yields facts; it does not know who uses them.',
  ),
];

const sdk = [
  ...provider,
  forbid(
    [
      '@aws-sdk/*',
      'azure-devops-node-api',
      'azure-devops-node-api/*',
      '@azure/*',
      'typed-rest-client',
      'typed-rest-client/*',
    ],
    'SDKs are only imported in client/, where each call and each refusal is accounted for.',
  ),
];

const backend = [
  forbid(
    [
      OURS.catalog,
      OURS.frontend,
      '@aws-sdk/*',
      'azure-devops-node-api',
      'azure-devops-node-api/*',
      '@azure/*',
    ],
    'The backend reads sources through providers only.',
  ),
];

const byApi = [
  forbid(
    [OURS.node, OURS.controls, OURS.backend, OURS.modules, OURS.frontend],
    'Modules of other plugins know the backend by its API only.',
  ),
];

const TESTS = ['**/*.test.ts', '**/*.test.tsx', '**/__testUtils__/**'];
const tests = {
  files: TESTS,
  rules: {
    // A property is asserted by fast-check.
    'jest/expect-expect': [
      'warn',
      { assertFunctionNames: ['expect', 'expect*', 'fc.assert'] },
    ],
  },
};
const sources = (patterns, extra = {}) => ({
  overrides: [
    {
      files: ['src/**/*.ts', 'src/**/*.tsx'],
      excludedFiles: [...TESTS, ...(extra.except ?? [])],
      rules: rule(patterns),
    },
    tests,
  ],
});

module.exports = {
  isomorphic: sources(isomorphic),
  tests: { overrides: [tests] },
  pure: sources(pure),
  browser: {
    overrides: [
      ...sources(browser).overrides,
      {
        files: ['src/**/*.tsx'],
        rules: {
          // A region that scrolls must be reachable by keyboard (WCAG 2.1.1).
          'jsx-a11y/no-noninteractive-tabindex': [
            'error',
            { roles: ['region'], tags: [], allowExpressionValues: true },
          ],
        },
      },
    ],
  },
  provider: {
    overrides: [
      ...sources(sdk, { except: ['src/client/**'] }).overrides,
      { files: ['src/client/**/*.ts'], rules: rule(provider) },
    ],
  },
  backend: sources(backend),
  byApi: sources(byApi),
};
