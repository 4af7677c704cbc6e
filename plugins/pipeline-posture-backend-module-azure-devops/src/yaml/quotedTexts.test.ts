import { growthOf, LINEAR } from 'pipeline-posture-estate';
import { childOf, itemsOf, SourceFile, textOf } from './nodes';
import { parseYaml, YamlSyntaxError } from './parseYaml';

const FILE: SourceFile = {
  project: 'Shop',
  repository: 'shop',
  ref: '',
  path: '/azure-pipelines.yml',
};

const steps = (text: string) =>
  itemsOf(childOf(parseYaml(text, FILE), 'steps'));

describe('texts in quotes whose lines stand too far left', () => {
  it.each(['"', "'"])('are taken as Azure Pipelines takes them: %s', quote => {
    const [first, second] = steps(`steps:
- template: build.yml
  parameters:
    args: ${quote}
    --one
  --two
    ${quote}
    other: ${quote}a
  b${quote}
- script: after
`);
    const parameters = childOf(first, 'parameters');
    expect(textOf(childOf(parameters, 'args'))).toBe(' --one --two ');
    expect(textOf(childOf(parameters, 'other'))).toBe('a b');
    expect(textOf(childOf(second, 'script'))).toBe('after');
    expect(second.line).toBe(10);
  });

  it('end at their own quote, past those that are part of them', () => {
    const [first] = steps(
      'steps:\n- script: "say \\"\n  yes\\""\n- script: b\n',
    );
    expect(textOf(childOf(first, 'script'))).toBe('say " yes"');
    const [other] = steps("steps:\n- script: 'it''s\n  so'\n- script: b\n");
    expect(textOf(childOf(other, 'script'))).toBe("it's so");
  });

  it.each(['steps:\n- script: "open\n', "steps:\n- script: 'it''s\n"])(
    'are refused if they never end: %j',
    text => {
      expect(() => parseYaml(text, FILE)).toThrow(YamlSyntaxError);
    },
  );

  it('are mended by work that grows with the length of the file', () => {
    expect(
      growthOf(
        40_000,
        size => `a:\n${'  - "x\ny"\n'.repeat(Math.floor(size / 10))}`,
        text => {
          try {
            parseYaml(text, FILE);
          } catch (error) {
            if (!(error instanceof YamlSyntaxError)) throw error;
          }
        },
      ),
    ).toBeLessThan(LINEAR);
  });
});

describe('numbers', () => {
  it.each(['3.10', '010', '0x1F', '1e3', '7'])('stay as written: %s', text => {
    const [step] = steps(`steps:\n- script: ${text}\n`);
    expect(textOf(childOf(step, 'script'))).toBe(text);
  });
});
