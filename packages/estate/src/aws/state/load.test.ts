import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generateAwsAccount } from './generate';
import { loadAwsState } from './load';

describe('loadAwsState', () => {
  const root = mkdtempSync(join(tmpdir(), 'aws-state-'));
  afterAll(() => rmSync(root, { recursive: true }));

  function declare(name: string, yaml: string): string {
    const folder = join(root, name);
    mkdirSync(join(folder, 'one'), { recursive: true });
    writeFileSync(join(folder, 'one', 'account.yaml'), yaml);
    return folder;
  }

  it('names the file and the path of a value that is wrong', () => {
    const folder = declare(
      'wrong',
      "account: { id: '12', alias: a }\niam: { roles: [{ name: r }] }",
    );
    expect(() => loadAwsState(folder)).toThrow(
      /account\.yaml: account\.id: .*12 digits[\s\S]*account\.yaml: iam\.roles\.0\.trust/,
    );
  });

  it('names a key that it does not know', () => {
    const folder = declare(
      'typo',
      "account: { id: '111122223333', alias: a, regoin: x }",
    );
    expect(() => loadAwsState(folder)).toThrow(
      /account\.yaml: account: .*regoin/,
    );
  });

  it('names the file whose YAML is broken', () => {
    const folder = declare('broken', 'account: [');
    expect(() => loadAwsState(folder)).toThrow(/account\.yaml: /);
  });

  it('wants exactly one account per folder', () => {
    expect(() => loadAwsState(declare('none', 'iam: {}'))).toThrow(/found 0/);
  });
});

describe('generateAwsAccount', () => {
  it('gives the same account for the same seed, and as much as was asked for', () => {
    const options = { seed: 7, pipelines: 20, projects: 5, roles: 8 };
    const account = generateAwsAccount(options);
    expect(account).toEqual(generateAwsAccount(options));
    expect(account).not.toEqual(generateAwsAccount({ ...options, seed: 8 }));
    expect(account.iam.roles).toHaveLength(8);
    expect(account.regions['eu-west-1'].pipelines).toHaveLength(20);
    expect(account.regions['eu-west-1'].projects).toHaveLength(5);
  });
});
