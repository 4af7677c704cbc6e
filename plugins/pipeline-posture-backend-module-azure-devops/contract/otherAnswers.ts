/**
 * Holds answers of other kinds than JSON, and those that the specification does
 * not describe, to what was recorded.
 *
 * Usage: otherAnswers.ts <folder>, where <folder> holds `recordings/azure-devops`.
 */
import {
  AzureDevOpsEstate,
  CONTOSO_AZURE_TOKEN,
  createAzureDevOpsEstate,
  loadContosoAzure,
} from 'pipeline-posture-estate';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { unzip } from '../src/client/unzip';
import { gitBlobId } from '../src/collect/fileStates';

function recorded<T>(folder: string, file: string, pick: RegExp): T {
  const entries = JSON.parse(
    readFileSync(join(folder, 'recordings', 'azure-devops', file), 'utf8'),
  ) as Array<{
    request: { method: string; url: string };
    response: { body: T };
  }>;
  const found = entries.find(({ request }) =>
    pick.test(`${request.method} ${request.url}`),
  );
  if (!found) throw new Error(`${file} holds no ${pick}`);
  return found.response.body;
}

/** Answers of other kinds than JSON, and those that the specification does not describe. */
async function checkOthers(
  estate: AzureDevOpsEstate,
  headers: Record<string, string>,
  folder: string,
): Promise<string[]> {
  const problems: string[] = [];
  const ask = (path: string, options: RequestInit = {}) =>
    fetch(`${estate.urls.core}/${path}`, { headers, ...options });
  const repository = 'Payments/_apis/git/repositories/payments-api';
  const item = (await (
    await ask(`${repository}/items?path=/azure-pipelines.yml&api-version=7.1`)
  ).json()) as { objectId: string };
  const zip = await ask(`${repository}/blobs?api-version=7.1`, {
    method: 'POST',
    headers: { ...headers, accept: 'application/zip' },
    body: JSON.stringify([item.objectId]),
  });
  if (!/^application\/zip/.test(zip.headers.get('content-type') ?? ''))
    problems.push(`git.blobs.zip: ${zip.headers.get('content-type')}`);
  const files = unzip(Buffer.from(await zip.arrayBuffer()), {
    maxFiles: 1,
    maxFileBytes: 1_000_000,
  });
  for (const [name, content] of files) {
    const own = content === 'too-large' ? '' : gitBlobId(content);
    if (own !== item.objectId)
      problems.push(`git.blobs.zip: ${name} is not ${item.objectId}`);
  }
  if (files.size !== 1) problems.push('git.blobs.zip: the file is missing');
  const recordedLocation = recorded<{ value: object[] }>(
    folder,
    'invoke.json',
    /^OPTIONS/,
  ).value[0];
  const locations = (await (
    await ask('_apis', { method: 'OPTIONS' })
  ).json()) as { count: number; value: object[] };
  if (locations.count !== locations.value.length)
    problems.push('location.options: count is not the number of entries');
  for (const each of locations.value) {
    const real = Object.keys(recordedLocation).sort().join();
    if (Object.keys(each).sort().join() !== real)
      problems.push(`location.options: ${Object.keys(each)}, recorded ${real}`);
  }
  const areas = (await (
    await ask('_apis/resourceareas?api-version=7.1-preview')
  ).json()) as { value: Array<Record<string, unknown>> };
  for (const { id, name, locationUrl, ...rest } of areas.value) {
    const sound =
      /^[0-9a-f-]{36}$/.test(String(id)) &&
      typeof name === 'string' &&
      /^https?:\/\/.+\/$/.test(String(locationUrl)) &&
      Object.keys(rest).length === 0;
    if (!sound) problems.push(`location.resourceareas.list: ${String(name)}`);
  }
  return problems;
}

async function main(folder: string): Promise<number> {
  const estate = await createAzureDevOpsEstate({ state: loadContosoAzure() });
  const headers = {
    authorization: `Basic ${Buffer.from(`:${CONTOSO_AZURE_TOKEN}`).toString(
      'base64',
    )}`,
    'content-type': 'application/json',
  };
  const problems = await checkOthers(estate, headers, folder);
  await estate.close();
  for (const each of problems) process.stderr.write(`${each}\n`);
  process.stdout.write(
    `zip, discovery and areas held against the recordings, ${problems.length} differences\n`,
  );
  return problems.length === 0 ? 0 : 1;
}

main(process.argv[2]).then(
  code => process.exit(code),
  error => {
    process.stderr.write(`${error.stack}\n`);
    process.exit(1);
  },
);
