import fc from 'fast-check';
import { stringify } from 'yaml';
import { growthOf, LINEAR } from 'pipeline-posture-estate';
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

  it('says that a file of ten megabytes is too large', () => {
    const text = `steps:\n${'- script: echo hello\n'.repeat(520_000)}`;
    expect(resolve({ '/azure-pipelines.yml': text })).toMatchObject({
      status: 'failed',
      code: 'too-large',
    });
  });

  it.each([
    ['a merge key', 'base: &base { script: x }\nsteps:\n- <<: *base\n'],
    [
      'bytes that are no UTF-8',
      Buffer.from([0x73, 0x3a, 0x20, 0xff, 0xfe, 0xfd]).toString('utf8'),
    ],
  ])('is answered: %s', (_, text) => {
    expect(resolve({ '/azure-pipelines.yml': text }).status).toMatch(
      /resolved|failed/,
    );
  });

  // What is refused for its size or depth takes no more work, whatever its length.
  it.each<[string, number, (size: number) => string]>([
    [
      'flow lists in each other',
      12_500,
      n => `steps: ${'['.repeat(n)}${']'.repeat(n)}`,
    ],
    [
      'flow maps in each other',
      12_500,
      n => `steps: ${'{a: '.repeat(n)}${'}'.repeat(n)}`,
    ],
    ['block lists in each other', 5000, n => `${'- '.repeat(n)}x`],
    [
      'a billion laughs',
      3,
      n =>
        `a0: &a0 [x,x,x,x,x,x,x,x,x]\n${Array.from(
          { length: n },
          (_, at) =>
            `a${at + 1}: &a${at + 1} [${`*a${at},`.repeat(8)}*a${at}]\n`,
        ).join('')}steps: [*a${n}]\n`,
    ],
    ['one long word', 220_000, n => `steps: ${'a'.repeat(n)}`],
    [
      'a script of nothing but "az"',
      75_000,
      n => `steps:\n- script: ${'az '.repeat(n)}\n`,
    ],
    [
      'a script of half web tokens',
      55_000,
      n => `steps:\n- script: ${'eyJ.'.repeat(n)}\n`,
    ],
    [
      'a value of half references',
      110_000,
      n => `variables:\n  a: "${'#{'.repeat(n)}"\nsteps: []\n`,
    ],
    [
      'an expression without end',
      100_000,
      n => `steps:\n- script: \${{ ${'('.repeat(n)} }}\n`,
    ],
    [
      'many expressions that never end',
      5000,
      n => `steps:\n- script: "${'${{ '.repeat(n)}"\n`,
    ],
  ])('takes work that grows with its length: %s', (_, size, text) => {
    expect(
      growthOf(size, text, each => resolve({ '/azure-pipelines.yml': each })),
    ).toBeLessThan(LINEAR);
  });

  it('is refused where maps stand in each other a thousand times', () => {
    const text = Array.from(
      { length: 1000 },
      (_, n) => `${' '.repeat(n)}a:`,
    ).join('\n');
    expect(resolve({ '/azure-pipelines.yml': text }).status).toBe('failed');
  });

  it('is refused where templates include each other, with no more work for more of them', () => {
    const files = (templates: number) => {
      const all: Record<string, string> = {
        '/azure-pipelines.yml': 'steps:\n- template: 0.yml\n',
      };
      for (let n = 0; n < templates; n += 1) {
        all[`/${n}.yml`] = `steps:\n${Array.from(
          { length: templates },
          (_, to) => `- template: ${to}.yml\n`,
        ).join('')}`;
      }
      return all;
    };
    expect(
      growthOf(25, files, each => expect(resolve(each).status).toBe('failed')),
    ).toBeLessThan(LINEAR);
  });
});
