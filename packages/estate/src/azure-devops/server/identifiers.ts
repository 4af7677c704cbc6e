import { createHash } from 'node:crypto';

/** A GUID that is always the same for the same words. */
export function stableGuid(...words: Array<string | number>): string {
  const hex = createHash('sha1').update(words.join('\u0000')).digest('hex');
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(13, 16)}`,
    `8${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-');
}

/** The id that git gives a file with this content. */
export function blobId(content: string): string {
  const bytes = Buffer.from(content, 'utf8');
  return createHash('sha1')
    .update(`blob ${bytes.length}\u0000`)
    .update(bytes)
    .digest('hex');
}

/** A stand-in for a commit: changes whenever any file of the branch changes. */
export function commitId(files: Record<string, string>): string {
  const hash = createHash('sha1');
  for (const path of Object.keys(files).sort()) {
    hash.update(path).update(blobId(files[path]));
  }
  return hash.digest('hex');
}

/** How Azure DevOps writes a branch into a Git security token: UTF-16LE hex by segment. */
export function branchToken(ref: string): string {
  const [refs, heads, ...name] = ref.split('/');
  return [
    refs,
    heads,
    ...name.map(each => Buffer.from(each, 'utf16le').toString('hex')),
  ].join('/');
}
