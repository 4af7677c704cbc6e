import { childOf, itemsOf, SourceFile, textOf, YamlNode } from './nodes';
import { Resolution, resolvePipeline } from './resolvePipeline';
import { FileLibrary } from './TemplateFiles';

const ROOT: SourceFile = {
  project: 'Shop',
  repository: 'shop',
  ref: 'refs/heads/main',
  path: '/azure-pipelines.yml',
};

function resolve(files: Record<string, string>): Resolution {
  const library = new FileLibrary();
  for (const [name, text] of Object.entries(files)) {
    const [path, repository] = name.split('@');
    const file = repository
      ? { project: 'Platform', repository, ref: 'refs/heads/main', path }
      : { ...ROOT, path };
    library.add(file, { text, objectId: 'x' });
  }
  return resolvePipeline(ROOT, library);
}

function root(files: Record<string, string>): YamlNode {
  const result = resolve(files);
  if (result.status !== 'resolved') throw new Error(JSON.stringify(result));
  return result.root;
}

const scripts = (node: YamlNode) =>
  itemsOf(childOf(node, 'steps')).map(each =>
    each.kind === 'hole'
      ? `hole: ${each.because}`
      : textOf(childOf(each, 'script')),
  );

describe('resolving a pipeline', () => {
  it('includes step templates with parameters and keeps the place where each step stands', () => {
    const tree = root({
      '/azure-pipelines.yml':
        'steps:\n- script: one\n- template: ci/steps.yml\n  parameters: { word: two }\n',
      '/ci/steps.yml':
        'parameters:\n- name: word\n  type: string\nsteps:\n- script: say ${{ parameters.word }}\n- template: /more.yml\n',
      '/more.yml': 'steps:\n- script: three\n',
    });
    expect(scripts(tree)).toEqual(['one', 'say two', 'three']);
    const [, second] = itemsOf(childOf(tree, 'steps'));
    expect([second.file.path, second.line]).toEqual(['/ci/steps.yml', 5]);
  });

  it('says which files it needs, in this repository and in others', () => {
    const result = resolve({
      '/azure-pipelines.yml':
        'resources:\n  repositories:\n  - repository: t\n    name: Platform/templates\n    ref: main\nsteps:\n- template: a.yml\n- template: b.yml@t\n',
    });
    expect(result).toMatchObject({
      status: 'needs-files',
      files: [
        { repository: 'shop', path: '/a.yml' },
        {
          project: 'Platform',
          repository: 'templates',
          ref: 'refs/heads/main',
          path: '/b.yml',
        },
      ],
    });
  });

  it('extends a template of another repository and puts the passed steps where it wants them', () => {
    const tree = root({
      '/azure-pipelines.yml':
        'resources:\n  repositories:\n  - repository: t\n    name: Platform/templates\n    ref: main\nextends:\n  template: base.yml@t\n  parameters:\n    steps:\n    - script: mine\n',
      '/base.yml@templates':
        'parameters:\n- name: steps\n  type: stepList\nsteps:\n- script: before\n- ${{ parameters.steps }}\n- ${{ each s in parameters.steps }}:\n  - ${{ s }}\n- script: after\n',
    });
    expect(scripts(tree)).toEqual(['before', 'mine', 'mine', 'after']);
    const [before, mine] = itemsOf(childOf(tree, 'steps'));
    expect([before.file.repository, mine.file.repository]).toEqual([
      'templates',
      'shop',
    ]);
  });

  it.each([
    ["eq(variables.tier, 'A')", ['yes']],
    ["eq(variables['tier'], 'b')", ['no']],
    ["and(true, not(in(variables.tier, 'x', 'y')))", ['yes']],
    // Only known when the pipeline runs: both may happen.
    ["eq(variables['Build.Reason'], 'PullRequest')", ['yes', 'no']],
    ["or(true, eq(variables['Build.Reason'], 'PullRequest'))", ['yes']],
  ])('decides if %s', (condition, expected) => {
    const tree = root({
      '/azure-pipelines.yml': `variables: { tier: a }\nsteps:\n- \${{ if ${condition} }}:\n  - script: yes\n- \${{ else }}:\n  - script: no\n`,
    });
    expect(scripts(tree)).toEqual(expected);
  });

  it('takes both branches when whoever starts the run decides', () => {
    const tree = root({
      '/azure-pipelines.yml':
        'parameters:\n- name: production\n  type: boolean\n  default: false\nsteps:\n- ${{ if parameters.production }}:\n  - script: deploy\n- ${{ else }}:\n  - script: skip\n',
    });
    expect(scripts(tree)).toEqual(['deploy', 'skip']);
  });

  it('loops over lists and maps, and inserts maps', () => {
    const tree = root({
      '/azure-pipelines.yml':
        'steps:\n- template: t.yml\n  parameters:\n    env: { A: 1, B: 2 }\n    names: [x, y]\n',
      '/t.yml':
        'parameters:\n- name: env\n  type: object\n- name: names\n  type: object\nsteps:\n- ${{ each n in parameters.names }}:\n  - script: ${{ n }}\n    env:\n      ${{ insert }}: ${{ parameters.env }}\n      ${{ each e in parameters.env }}:\n        X_${{ e.key }}: ${{ e.value }}\n',
    });
    expect(scripts(tree)).toEqual(['x', 'y']);
    const [first] = itemsOf(childOf(tree, 'steps'));
    const env = childOf(first, 'env');
    expect(
      env?.kind === 'mapping' &&
        env.entries.map(e => [
          e.key.value,
          (e.value as { value: unknown }).value,
        ]),
    ).toEqual([
      ['A', '1'],
      ['B', '2'],
      ['X_A', '1'],
      ['X_B', '2'],
    ]);
  });

  it.each([
    // A parameter without a type holds the text that is written, as Azure Pipelines says.
    ["eq(parameters.untyped, 'false')", true],
    ["ne(parameters.untyped, '')", true],
    ['eq(parameters.untyped, true)', false],
    ['parameters.untyped', true],
    ["ne(parameters.result, 'false')", false],
    ['eq(parameters.list[0].on, true)', true],
    // Only one that is declared as such is a truth value.
    ['parameters.typed', false],
    ["eq(parameters.typed, 'false')", false],
    ['eq(parameters.typed, false)', true],
    ['lt(parameters.count, 10)', true],
  ])(
    'takes what is written for text, unless it is declared: %s',
    (condition, holds) => {
      const tree = root({
        '/azure-pipelines.yml': `steps:
- template: t.yml
  parameters: { untyped: false, result: "\${{ eq(1, 2) }}", typed: false, count: 9, list: [{ on: true }] }
`,
        '/t.yml': `parameters:
- name: untyped
- name: result
- { name: typed, type: boolean }
- { name: count, type: number }
- { name: list, type: object }
steps:
- template: u.yml
  parameters: { untyped: "\${{ parameters.untyped }}", result: "\${{ parameters.result }}", typed: "\${{ parameters.typed }}", count: "\${{ parameters.count }}", list: "\${{ parameters.list }}" }
`,
        '/u.yml': `parameters:
- name: untyped
- name: result
- { name: typed, type: boolean }
- { name: count, type: number }
- { name: list, type: object }
steps:
- \${{ if ${condition} }}:
  - script: holds
`,
      });
      expect(scripts(tree)).toEqual(holds ? ['holds'] : []);
    },
  );

  it('takes variables for text', () => {
    const tree = root({
      '/azure-pipelines.yml':
        "variables: { flag: false }\nsteps:\n- ${{ if eq(variables.flag, 'false') }}:\n  - script: text\n- ${{ if variables.flag }}:\n  - script: not empty\n",
    });
    expect(scripts(tree)).toEqual(['text', 'not empty']);
  });

  it('leaves a hole with its reason where something cannot be known', () => {
    const tree = root({
      '/azure-pipelines.yml':
        "parameters:\n- name: what\n  type: object\nsteps:\n- script: fine\n- ${{ each s in variables['Some.List'] }}:\n  - script: x\n- template: ${{ variables['Some.File'] }}\n",
    });
    expect(scripts(tree)).toEqual([
      'fine',
      expect.stringContaining('only known when the pipeline runs'),
      expect.stringContaining('only known when the pipeline runs'),
    ]);
  });

  it('keeps what a value may be when a parameter allows a few values', () => {
    const tree = root({
      '/azure-pipelines.yml':
        'parameters:\n- name: env\n  values: [dev, prod]\nsteps:\n- script: to ${{ upper(parameters.env) }}\n',
    });
    const [step] = itemsOf(childOf(tree, 'steps'));
    expect(childOf(step, 'script')).toMatchObject({
      alternatives: ['to DEV', 'to PROD'],
      undecided: true,
      uses: ['env'],
    });
  });

  it('sees a template that includes itself', () => {
    const tree = root({
      '/azure-pipelines.yml': 'steps:\n- template: a.yml\n',
      '/a.yml': 'steps:\n- template: a.yml\n',
    });
    expect(scripts(tree)).toEqual(['hole: the template a.yml includes itself']);
  });

  it('stops at templates that are nested without end', () => {
    const files: Record<string, string> = {
      '/azure-pipelines.yml': 'steps:\n- template: 0.yml\n',
    };
    for (let n = 0; n < 100; n += 1)
      files[`/${n}.yml`] = `steps:\n- template: ${n + 1}.yml\n`;
    files['/100.yml'] = 'steps: []\n';
    expect(resolve(files)).toMatchObject({
      status: 'failed',
      code: 'too-large',
    });
  });

  it.each(['b\\a.yml', '.\\b\\a.yml', '\\b\\a.yml@self'])(
    'finds a template whose folders are parted as on Windows: %s',
    name => {
      const tree = root({
        '/azure-pipelines.yml': `steps:\n- template: ${name}\n`,
        '/b/a.yml': 'steps:\n- script: found\n',
      });
      expect(scripts(tree)).toEqual(['found']);
    },
  );

  it('counts a file once, however often it is included', () => {
    const tree = root({
      '/azure-pipelines.yml': `steps:\n${'- template: a.yml\n'.repeat(150)}`,
      '/a.yml': 'steps:\n- script: x\n',
    });
    expect(scripts(tree)).toHaveLength(150);
  });

  it('stops at more files than Azure Pipelines takes', () => {
    const files: Record<string, string> = {
      '/azure-pipelines.yml': 'steps:\n',
    };
    for (let n = 0; n < 101; n += 1) {
      files['/azure-pipelines.yml'] += `- template: ${n}.yml\n`;
      files[`/${n}.yml`] = 'steps:\n- script: x\n';
    }
    expect(resolve(files)).toMatchObject({ code: 'too-large' });
  });

  it('stops at loops that grow without end', () => {
    const list = `[${Array.from({ length: 60 }, (_, n) => n).join(',')}]`;
    const nested =
      '- ${{ each a in parameters.l }}:\n  - ${{ each b in parameters.l }}:\n    - ${{ each c in parameters.l }}:\n      - ${{ each d in parameters.l }}:\n        - script: x\n';
    const result = resolve({
      '/azure-pipelines.yml': `steps:\n- template: t.yml\n  parameters: { l: ${list} }\n`,
      '/t.yml': `parameters: { l: [] }\nsteps:\n${nested}`,
    });
    expect(result).toMatchObject({ status: 'failed', code: 'too-large' });
  });

  it.each([
    ['an alias bomb', 'a: &a [x, x]\nb: &b [*a, *a]\nsteps: [*b]\n'],
    ['broken YAML', 'steps:\n- script: "open\n'],
    ['no pipeline', 'just text'],
    ['two documents', 'steps: []\n---\nsteps: []\n'],
    ['ten thousand brackets', `steps: ${'['.repeat(10000)}`],
  ])('refuses %s and names the file', (_, text) => {
    expect(resolve({ '/azure-pipelines.yml': text })).toMatchObject({
      status: 'failed',
      code: 'malformed',
      because: expect.stringContaining('/azure-pipelines.yml'),
    });
  });
});

describe('a repository resource', () => {
  it('is there for the pipeline if the template declares it that is extended', () => {
    const files = {
      '/azure-pipelines.yml': 'extends:\n  template: base.yml\n',
      '/base.yml':
        'resources:\n  repositories:\n  - { repository: tools, type: git, name: Platform/tools, ref: refs/heads/main }\nsteps:\n- template: t.yml@tools\n',
      '/t.yml@tools': 'steps:\n- script: tool\n',
    };
    expect(scripts(root(files))).toEqual(['tool']);
    expect(resolve(files)).toMatchObject({
      aliases: [{ alias: 'tools', repository: 'tools' }],
    });
  });

  it('of another organisation is not taken for one of ours with the same name', () => {
    const tree = root({
      '/azure-pipelines.yml':
        'resources:\n  repositories:\n  - repository: t\n    type: git\n    name: Platform/templates\n    endpoint: other-organisation\nsteps:\n- template: safe.yml@t\n',
      '/safe.yml@templates': 'steps:\n- script: safe\n',
    });
    expect(scripts(tree)).toEqual([
      'hole: the template repository "t" (type git elsewhere) cannot be read',
    ]);
  });
});

describe('templates', () => {
  it.each([
    ['refs/tags/v2', 'refs/tags/v2'],
    ['refs/heads/release/1', 'refs/heads/release/1'],
    ['main', 'refs/heads/main'],
    ['', ''],
  ])('are taken from the ref "%s" that the pipeline names', (ref, expected) => {
    const found = resolve({
      '/azure-pipelines.yml': `resources:\n  repositories:\n  - repository: t\n    name: Platform/templates\n${
        ref && `    ref: ${ref}\n`
      }steps:\n- template: scan.yml@t\n`,
    });
    expect(found).toMatchObject({
      status: 'needs-files',
      files: [
        {
          project: 'Platform',
          repository: 'templates',
          ref: expected,
          path: '/scan.yml',
        },
      ],
    });
  });

  it('take lists of steps, jobs and stages, which may hold templates of their own', () => {
    const tree = root({
      '/azure-pipelines.yml': `extends:
  template: all.yml
  parameters:
    stages:
    - stage: own
      jobs: [{ job: a, steps: [{ script: in-stage }] }]
    jobs:
    - job: b
      steps: [{ template: ci/steps.yml }]
    steps:
    - template: ci/steps.yml
`,
      '/all.yml': `parameters:
- { name: stages, type: stageList }
- { name: jobs, type: jobList }
- { name: steps, type: stepList }
stages:
- \${{ parameters.stages }}
- stage: two
  jobs:
  - \${{ each job in parameters.jobs }}:
    - \${{ each pair in job }}:
        \${{ if ne(pair.key, 'steps') }}:
          \${{ pair.key }}: \${{ pair.value }}
      steps:
      - script: first
      - \${{ job.steps }}
  - job: c
    steps: \${{ parameters.steps }}
`,
      '/ci/steps.yml': 'steps:\n- script: from-template\n',
    });
    const stages = itemsOf(childOf(tree, 'stages'));
    expect(stages.map(each => textOf(childOf(each, 'stage')))).toEqual([
      'own',
      'two',
    ]);
    const [b, c] = itemsOf(childOf(stages[1], 'jobs'));
    expect(textOf(childOf(b, 'job'))).toBe('b');
    expect(scripts(b)).toEqual(['first', 'from-template']);
    expect(scripts(c)).toEqual(['from-template']);
  });

  it('may not be nested without end', () => {
    const files: Record<string, string> = {
      '/azure-pipelines.yml': 'steps:\n- template: 0.yml\n',
    };
    for (let n = 0; n < 100; n += 1)
      files[`/${n}.yml`] = `steps:\n- template: ${n + 1}.yml\n`;
    files['/100.yml'] = 'steps:\n- script: end\n';
    expect(resolve(files)).toMatchObject({
      status: 'failed',
      code: 'too-large',
    });
  });
});
