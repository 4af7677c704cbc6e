import fc from 'fast-check';
import { stringify } from 'yaml';
import { readPipelineCode } from '../reading/readPipelineCode';
import { evaluate } from './expression/evaluate';
import {
  ExpressionSyntaxError,
  parseExpression,
} from './expression/parseExpression';
import { SourceFile } from './nodes';
import { Resolution, resolvePipeline } from './resolvePipeline';
import { Scope } from './Scope';
import { FileLibrary } from './TemplateFiles';

const ROOT: SourceFile = {
  project: 'Shop',
  repository: 'shop',
  ref: '',
  path: '/azure-pipelines.yml',
};

function resolve(files: Record<string, string>): Resolution {
  const library = new FileLibrary();
  for (const [path, text] of Object.entries(files))
    library.add({ ...ROOT, path }, { text, objectId: path });
  const resolution = resolvePipeline(ROOT, library);
  // What can be resolved must be readable too.
  if (resolution.status === 'resolved') readPipelineCode(resolution);
  return resolution;
}

const took = (work: () => void) => {
  const start = Date.now();
  work();
  return Date.now() - start;
};

/** Any YAML that looks a little like a pipeline. */
const words = fc.constantFrom(
  'stages',
  'jobs',
  'steps',
  'stage',
  'job',
  'deployment',
  'script',
  'task',
  'inputs',
  'env',
  'pool',
  'template',
  'parameters',
  'variables',
  'extends',
  'name',
  'value',
  'group',
  'default',
  'type',
  'values',
  'strategy',
  'runOnce',
  'deploy',
  'trigger',
  'pr',
  'resources',
  'repositories',
  'repository',
  'environment',
  'dependsOn',
  'condition',
  '${{ if true }}',
  '${{ if eq(variables.a, 1) }}',
  '${{ elseif parameters.x }}',
  '${{ else }}',
  '${{ insert }}',
  '${{ each s in parameters.x }}',
  '${{ each s in variables }}',
  '${{ s }}',
  '${{ parameters.x }}',
  '${{ s.key }}',
  "${{ format('{0}', parameters.x) }}",
  '$(Build.SourceBranchName)',
  '/other.yml',
  'other.yml@self',
  'none',
  '',
);
const scalar = fc.oneof(
  words,
  fc.string(),
  fc.integer(),
  fc.boolean(),
  fc.constant(null),
);
const tree = fc.letrec(tie => ({
  node: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    scalar,
    tie('list'),
    tie('map'),
  ),
  list: fc.array(tie('node'), { maxLength: 4 }),
  map: fc.dictionary(words, tie('node'), { maxKeys: 4 }),
})).node;

describe('hostile pipeline code', () => {
  it('never crashes the reader, whatever a file holds', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 300 }), text => {
        expect(resolve({ '/azure-pipelines.yml': text }).status).toMatch(
          /resolved|failed|needs-files/,
        );
      }),
      { numRuns: 500 },
    );
  });

  it('never crashes the reader, whatever shape a pipeline has', () => {
    fc.assert(
      fc.property(tree, tree, (root, other) => {
        const files = {
          '/azure-pipelines.yml': stringify(root),
          '/other.yml': stringify(other),
        };
        expect(resolve(files).status).toMatch(/resolved|failed|needs-files/);
      }),
      { numRuns: 1500 },
    );
  });

  it('never crashes the evaluation of expressions', () => {
    const tokens = fc.array(
      fc.constantFrom(
        'and',
        'or',
        'not',
        'eq',
        'in',
        'format',
        'join',
        'coalesce',
        'length',
        'parameters',
        'variables',
        '(',
        ')',
        '[',
        ']',
        ',',
        '.',
        '*',
        "'a'",
        "'{0}{1}'",
        '1',
        '-2.5',
        'true',
        'null',
        'x',
      ),
      { maxLength: 12 },
    );
    const scope = new Scope({ file: ROOT });
    fc.assert(
      fc.property(
        fc.oneof(
          tokens.map(each => each.join(' ')),
          fc.string(),
        ),
        text => {
          try {
            evaluate(parseExpression(text), scope);
          } catch (error) {
            if (!(error instanceof ExpressionSyntaxError)) throw error;
          }
        },
      ),
      { numRuns: 3000 },
    );
  });

  it('says that a file of ten megabytes is too large, at once', () => {
    const text = `steps:\n${'- script: echo hello\n'.repeat(520_000)}`;
    expect(
      took(() =>
        expect(resolve({ '/azure-pipelines.yml': text })).toMatchObject({
          status: 'failed',
          code: 'too-large',
        }),
      ),
    ).toBeLessThan(1000);
  });

  it.each([
    [
      'flow lists in each other',
      `steps: ${'['.repeat(50_000)}${']'.repeat(50_000)}`,
    ],
    [
      'flow maps in each other',
      `steps: ${'{a: '.repeat(50_000)}${'}'.repeat(50_000)}`,
    ],
    ['block lists in each other', `${'- '.repeat(20_000)}x`],
    [
      'indented maps in each other',
      Array.from({ length: 1000 }, (_, n) => `${' '.repeat(n)}a:`).join('\n'),
    ],
    [
      'a billion laughs',
      'a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\nsteps: [*c]\n',
    ],
    ['a merge key', 'base: &base { script: x }\nsteps:\n- <<: *base\n'],
    [
      'bytes that are no UTF-8',
      Buffer.from([0x73, 0x3a, 0x20, 0xff, 0xfe, 0xfd]).toString('utf8'),
    ],
    ['one word of a megabyte', `steps: ${'a'.repeat(900_000)}`],
    [
      'a script of nothing but "az"',
      `steps:\n- script: ${'az '.repeat(300_000)}\n`,
    ],
    [
      'a script of half web tokens',
      `steps:\n- script: ${'eyJ.'.repeat(220_000)}\n`,
    ],
    [
      'a value of half references',
      `variables:\n  a: "${'#{'.repeat(440_000)}"\nsteps: []\n`,
    ],
    [
      'an expression of a megabyte',
      `steps:\n- script: \${{ ${'('.repeat(400_000)} }}\n`,
    ],
    [
      'a thousand expressions that never end',
      `steps:\n- script: "${'${{ '.repeat(20_000)}"\n`,
    ],
  ])('ends within a second on %s', (_, text) => {
    expect(took(() => resolve({ '/azure-pipelines.yml': text }))).toBeLessThan(
      1000,
    );
  });

  it('ends within a second on a hundred templates that include each other', () => {
    const files: Record<string, string> = {
      '/azure-pipelines.yml': 'steps:\n- template: 0.yml\n',
    };
    for (let n = 0; n < 100; n += 1) {
      files[`/${n}.yml`] = `steps:\n${Array.from(
        { length: 100 },
        (_, to) => `- template: ${to}.yml\n`,
      ).join('')}`;
    }
    expect(took(() => resolve(files))).toBeLessThan(1000);
  });
});
