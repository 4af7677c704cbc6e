import fc from 'fast-check';
import { parseYaml } from '../parseYaml';
import { SourceFile, YamlNode } from '../nodes';
import { Scope } from '../Scope';
import { evaluate } from './evaluate';
import { FUNCTIONS } from './functions';
import { parseExpression } from './parseExpression';
import { isCollection, Plain, valueOf } from './values';

const FILE: SourceFile = {
  project: 'Shop',
  repository: 'shop',
  ref: '',
  path: '/a.yml',
};

const node = (text: string): YamlNode => parseYaml(text, FILE);

const scope = new Scope({
  file: FILE,
  parameters: new Map([
    ['list', valueOf(node('[a, B, 3, true]'))],
    ['map', valueOf(node('{ one: a, two: 2 }'))],
    ['empty', valueOf(node('[]'))],
    ['text', valueOf(node('Shop'))],
    ['run', { data: 'dev', decided: false, uses: ['run'] }],
  ]),
});

const plain = (data: Plain | undefined): unknown => {
  if (!isCollection(data)) return data;
  return data.kind === 'sequence'
    ? data.items.map(each => plain(valueOf(each).data))
    : Object.fromEntries(
        data.entries.map(({ key, value }) => [
          key.value,
          plain(valueOf(value).data),
        ]),
      );
};
const value = (expression: string) =>
  evaluate(parseExpression(expression), scope);

describe('functions of template expressions', () => {
  it.each<[string, unknown]>([
    ["and(true, 'x', 1)", true],
    ["and(true, '')", false],
    ['or(false, 0, null)', false],
    ["or(0, 'x')", true],
    ['xor(true, true)', false],
    ["not('')", true],
    ['not(parameters.empty)', false],
    // The right side is converted to the type of the left.
    ["eq('Shop', parameters.text)", true],
    ["eq('SHOP', parameters.text)", true],
    ["eq(1, '1')", true],
    ["eq('1', 1)", true],
    ["eq(true, 'false')", true],
    ["eq('True', true)", true],
    ["eq(1, 'x')", false],
    ["eq(null, '')", true],
    ['eq(parameters.list, parameters.list)', true],
    ["ne('a', 'b')", true],
    ["gt(2, '1')", true],
    ["ge('b', 'B')", true],
    ['lt(1, 2)', true],
    ["le('a', 'b')", true],
    ["in('B', 'a', 'b')", true],
    ["in('c', 'a', 'b')", false],
    ["notIn('c', 'a', 'b')", true],
    ["contains('Storefront', 'FRONT')", true],
    ["containsValue(parameters.list, 'b')", true],
    ['containsValue(parameters.map, 2)', true],
    ["containsValue(parameters.map, 'one')", false],
    ["startsWith('refs/heads/main', 'refs/heads')", true],
    ["endsWith('refs/heads/main', 'MAIN')", true],
    ["coalesce('', null, 'x')", 'x'],
    ['coalesce()', null],
    ["format('{0}-{1}-{{x}}', 'a', 2)", 'a-2-{x}'],
    ["format('{0}{0}', true)", 'TrueTrue'],
    ["join('+', parameters.list)", 'a+B+3+true'],
    ["join('+', 'x')", 'x'],
    ['length(parameters.list)', 4],
    ['length(parameters.map)', 2],
    ["length('abc')", 3],
    ["lower('ABC')", 'abc'],
    ["upper('abc')", 'ABC'],
    ["trim(' a ')", 'a'],
    ["replace('a-b-c', '-', '')", 'abc'],
    ["split('a,b;c', ',;')", ['a', 'b', 'c']],
    ["split('a,,b,', ',')", ['a', '', 'b', '']],
    ["iif(eq(1, 1), 'yes', 'no')", 'yes'],
    ["iif('', 'yes', 'no')", 'no'],
    ['parameters.list[1]', 'B'],
    ["parameters.map['TWO']", '2'],
    ['parameters.list[9]', null],
    ['convertToJson(parameters.map)', '{\n  "one": "a",\n  "two": "2"\n}'],
  ])('%s is %j', (expression, expected) => {
    const found = value(expression);
    expect(found.decided).toBe(true);
    expect(plain(found.data)).toEqual(expected);
  });

  it.each([
    "counter('x', 1)",
    'always()',
    'succeeded()',
    "dependencies.a.outputs['b.c']",
    "variables['Build.SourceBranch']",
    "eq(parameters.run, 'dev')",
    "and(parameters.run, eq(parameters.run, 'x'))",
    "format('{0}', parameters.run)",
    'length(parameters.run)',
    "split(parameters.run, ',')",
    'unknownFunction(1)',
    'resources.pipeline.x.runName',
    'gt(parameters.list, 1)',
  ])('%s is left to the run', expression => {
    expect(value(expression).decided).toBe(false);
  });

  it('come to something or to nothing, whatever they are given', () => {
    const argument: fc.Arbitrary<Plain> = fc.oneof(
      fc.constant(null),
      fc.boolean(),
      fc.double(),
      fc.string(),
      fc.constantFrom<Plain>(
        node('[a, [b], {c: d}]') as Plain,
        node('{ a: [1], b: { c: null } }') as Plain,
        node('[]') as Plain,
      ),
    );
    fc.assert(
      fc.property(
        fc.constantFrom(...Object.keys(FUNCTIONS)),
        fc.array(argument, { maxLength: 4 }),
        (name, args) => {
          const found = FUNCTIONS[name](args);
          expect(
            found === undefined || found === null || isCollection(found)
              ? 'other'
              : typeof found,
          ).toMatch(/other|string|number|boolean/);
        },
      ),
      { numRuns: 3000 },
    );
  });
});
