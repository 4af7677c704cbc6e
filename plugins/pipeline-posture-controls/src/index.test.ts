import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SEVERITIES } from 'backstage-plugin-pipeline-posture-common';
import * as exported from '.';

const { neutralControls } = exported;

/** Every statement of the documents that the controls put into practice. */
const STATEMENTS = [
  ['SAD', 3],
  ['BP7', 12],
  ['AZS', 9],
  ['GOV', 9],
].flatMap(([series, count]) =>
  Array.from({ length: Number(count) }, (_, i) => `${series}-${i + 1}`),
);

const PROVIDERS = ['azure-devops', 'aws-codepipeline'];

const camelCase = (id: string) =>
  id.replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());

describe('the neutral controls', () => {
  it('have ids of their own', () => {
    const ids = neutralControls.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('are each exported by name, and nothing else is', () => {
    expect(Object.keys(exported).sort()).toEqual(
      [
        'neutralControls',
        ...neutralControls.map(({ id }) => camelCase(id)),
      ].sort(),
    );
  });
});

describe.each(neutralControls.map(control => [control.id, control] as const))(
  '%s',
  (id, control) => {
    const file = join(__dirname, control.dimension, id);

    it('stands in the file of its id, in the folder of its dimension', () => {
      expect(existsSync(`${file}.ts`)).toBe(true);
    });

    it('has a test with a row that passes, one that fails and one that is unknown', () => {
      const test = readFileSync(`${file}.test.ts`, 'utf8');
      expect(
        ['pass', 'fail', 'unknown'].filter(s => !test.includes(`'${s}'`)),
      ).toEqual([]);
    });

    it('answers statements that exist', () => {
      expect(control.answers.length).toBeGreaterThan(0);
      expect(STATEMENTS).toEqual(expect.arrayContaining(control.answers));
    });

    it('has a severity and says why it matters and what it measures', () => {
      expect(SEVERITIES).toContain(control.severity);
      expect(control.why).toMatch(/attacker/);
      expect(control.measure).toMatch(/Fails/);
      expect(control.measure).toMatch(/Passes/);
      expect(control.measure).toMatch(/Unknown if/);
    });

    it.each(PROVIDERS)('tells how to mend it on %s', provider => {
      const { docsUrl, steps } = control.remediation[provider];
      const host =
        provider === 'azure-devops'
          ? 'learn.microsoft.com'
          : 'docs.aws.amazon.com';
      expect(new URL(docsUrl)).toMatchObject({ protocol: 'https:', host });
      expect(steps.length).toBeGreaterThan(1);
    });
  },
);
