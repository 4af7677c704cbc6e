import { BranchAddress } from 'backstage-plugin-pipeline-posture-node';
import * as wire from '../client/wire';
import { CodeReading } from '../reading/types';

const shortBranch = (ref: string) => ref.replace(/^refs\/heads\//, '');

/** Under which the rules of a branch are kept. */
export const branchKey = ({ url, branch, pipelineFile }: BranchAddress) =>
  `${url.toLowerCase()}#${branch}#${pipelineFile ?? ''}`;

/** No address is longer. */
const MOST = 2000;

/** Address of a repository as people open it, from what a definition says of one on another host. */
function webAddress(
  type: string,
  fullName: string | undefined,
  url: string | undefined,
): string | undefined {
  if (type.toLowerCase() === 'github' && fullName)
    return `https://github.com/${fullName}`;
  if (!url || url.length > MOST || !/^https?:\/\//i.test(url)) return undefined;
  return url.replace(/\/+$/, '').replace(/\.git$/, '');
}

/** The branch that a pipeline on another host is built from. */
export function branchOfDefinition({
  repository,
  process,
}: wire.Definition): BranchAddress | undefined {
  const { type = '', defaultBranch, properties, url } = repository ?? {};
  if (!repository || /^tfs/i.test(type) || !defaultBranch) return undefined;
  const address = webAddress(
    type,
    properties?.fullName ?? repository.name,
    url,
  );
  const file = process?.yamlFilename?.replace(/^\/+/, '');
  if (!address) return undefined;
  return {
    url: address,
    branch: shortBranch(defaultBranch),
    ...(file && { pipelineFile: file }),
  };
}

/** The branch that templates on GitHub are taken from. Without a ref it is the default branch, whose name only GitHub knows. */
export function branchOfTemplates({
  type,
  project,
  repository,
  ref,
}: CodeReading['repositories'][number]): BranchAddress | undefined {
  const address = webAddress(type, `${project}/${repository}`, undefined);
  return address && ref && !ref.startsWith('refs/tags/')
    ? { url: address, branch: shortBranch(ref) }
    : undefined;
}
