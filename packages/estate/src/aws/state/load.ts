import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parseDocument } from 'yaml';
import { z } from 'zod';
import { accountPart, AwsAccount, AwsState } from './accountSchema';
import { iamSchema } from './iamSchema';
import { RegionState, regionSchema } from './regionSchema';

type Part = z.infer<typeof accountPart>;

/** Reads one YAML file; its errors name the file and the path inside it. */
function readPart(file: string): Part {
  const document = parseDocument(readFileSync(file, 'utf8'));
  const [problem] = document.errors;
  if (problem) throw new Error(`${file}: ${problem.message}`);
  const result = accountPart.safeParse(document.toJS());
  if (result.success) return result.data;
  const issues = result.error.issues.map(
    issue => `${file}: ${issue.path.join('.') || '(top)'}: ${issue.message}`,
  );
  throw new Error(issues.join('\n'));
}

function mergeRegion(target: RegionState, part: RegionState): RegionState {
  const entries = Object.entries(target).map(([key, value]) => {
    const more = part[key as keyof RegionState];
    return [
      key,
      Array.isArray(value) && Array.isArray(more)
        ? [...value, ...more]
        : { ...value, ...more },
    ];
  });
  return regionSchema.parse(Object.fromEntries(entries));
}

function mergeParts(parts: Part[], folder: string): AwsAccount {
  const heads = parts.flatMap(part => part.account ?? []);
  if (heads.length !== 1) {
    throw new Error(
      `${folder}: exactly one file must declare "account", found ${heads.length}`,
    );
  }
  const account: AwsAccount = {
    ...heads[0],
    organization: parts.find(part => part.organization)?.organization,
    iam: iamSchema.parse({
      roles: parts.flatMap(part => part.iam.roles),
      policies: parts.flatMap(part => part.iam.policies),
      users: parts.flatMap(part => part.iam.users),
      groups: parts.flatMap(part => part.iam.groups),
    }),
    regions: {},
  };
  for (const { regions } of parts) {
    for (const [region, state] of Object.entries(regions)) {
      const before = account.regions[region];
      account.regions[region] = before ? mergeRegion(before, state) : state;
    }
  }
  return account;
}

/**
 * Reads the accounts of a folder: one folder per account, whose YAML files each
 * declare a part of it (`account`, `iam`, `regions`).
 *
 * @throws when a file is not valid; the message names the file and the path
 */
export function loadAwsState(folder: string): AwsState {
  if (!existsSync(folder)) throw new Error(`${folder}: no such folder`);
  const accounts = readdirSync(folder)
    .map(name => join(folder, name))
    .filter(path => statSync(path).isDirectory())
    .map(path => {
      const files = readdirSync(path).filter(name => name.endsWith('.yaml'));
      return mergeParts(
        files.sort().map(name => readPart(join(path, name))),
        path,
      );
    });
  return { accounts };
}
