import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { parseDocument } from 'yaml';
import { z } from 'zod';
import { AzureOrganisation, organisation, project } from './organisation';

function parse<T extends z.ZodType>(schema: T, file: string): z.infer<T> {
  const document = parseDocument(readFileSync(file, 'utf8'));
  if (document.errors.length > 0) {
    throw new Error(`${file}: ${document.errors[0].message}`);
  }
  const result = schema.safeParse(document.toJS());
  if (!result.success) {
    const [issue] = result.error.issues;
    throw new Error(
      `${file}: ${issue.path.join('.') || 'the file'}: ${issue.message}`,
    );
  }
  return result.data;
}

function filesUnder(folder: string): Record<string, string> {
  const files: Record<string, string> = {};
  const visit = (current: string) => {
    for (const name of readdirSync(current).sort()) {
      const path = join(current, name);
      if (statSync(path).isDirectory()) visit(path);
      else
        files[`/${relative(folder, path).split('\\').join('/')}`] =
          readFileSync(path, 'utf8');
    }
  };
  if (statSync(folder, { throwIfNoEntry: false })) visit(folder);
  return files;
}

/**
 * Reads an organisation from a folder: `organisation.yaml`, one file per
 * project beside it, and the files of the repositories under
 * `repos/<project>/<repository>/`.
 *
 * @throws an error that names the file and the place in it
 */
export function loadAzureOrganisation(folder: string): AzureOrganisation {
  const state = parse(organisation, join(folder, 'organisation.yaml'));
  for (const name of readdirSync(folder).sort()) {
    if (!name.endsWith('.yaml') || name === 'organisation.yaml') continue;
    state.projects.push(parse(project, join(folder, name)));
  }
  for (const each of state.projects) {
    for (const repository of each.repositories) {
      Object.assign(
        repository.files,
        filesUnder(join(folder, 'repos', each.name, repository.name)),
      );
    }
  }
  return state;
}
