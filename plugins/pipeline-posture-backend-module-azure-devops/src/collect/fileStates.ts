import { Fact } from 'backstage-plugin-pipeline-posture-common';
import { createHash } from 'node:crypto';
import { HoleNode, SourceFile } from '../yaml/nodes';
import { MAX_FILE_BYTES } from '../yaml/parseYaml';
import { FileText } from '../yaml/TemplateFiles';

/** What is in a repository at a path now: the id of its content, or why it cannot be told. */
export type FileState =
  | { objectId: string }
  | { because: string; code: HoleNode['code'] };

export function versionOf(ref: string): {
  version?: string;
  versionType?: string;
} {
  if (ref === '') return {};
  if (/^[0-9a-f]{40}$/i.test(ref))
    return { version: ref, versionType: 'commit' };
  if (ref.startsWith('refs/tags/'))
    return { version: ref.slice('refs/tags/'.length), versionType: 'tag' };
  return { version: ref.replace(/^refs\/heads\//, ''), versionType: 'branch' };
}

export function gitBlobId(content: Buffer): string {
  return createHash('sha1')
    .update(`blob ${content.length}\u0000`)
    .update(content)
    .digest('hex');
}

export function decode(content: Buffer | 'too-large'): FileText | undefined {
  if (content === 'too-large' || content.length > MAX_FILE_BYTES) {
    return {
      because: `the file is larger than ${MAX_FILE_BYTES / 1024} KiB`,
      code: 'too-large',
    };
  }
  // Bytes that are no UTF-8 become replacement characters, which the parser refuses.
  return { text: content.toString('utf8'), objectId: gitBlobId(content) };
}

export const codeOf = (
  fact: Fact<unknown>,
): { because: string; code: HoleNode['code'] } => {
  if (fact.known)
    return { because: 'the answer made no sense', code: 'malformed' };
  const { code, message } = fact.reason;
  const usable: Array<HoleNode['code']> = [
    'not-found',
    'malformed',
    'too-large',
    'source-unreachable',
    'permission-missing',
    'throttled',
  ];
  return {
    because: message,
    code: usable.find(each => each === code) ?? 'unresolved',
  };
};

export function byRepository(files: SourceFile[]): SourceFile[][] {
  const groups = new Map<string, SourceFile[]>();
  for (const file of files) {
    const key = `${file.project}/${file.repository}`.toLowerCase();
    groups.set(key, [...(groups.get(key) ?? []), file]);
  }
  return [...groups.values()];
}

export function chunks<T>(values: T[], size: number): T[][] {
  const result: T[][] = [];
  for (let at = 0; at < values.length; at += size)
    result.push(values.slice(at, at + size));
  return result;
}

export const listingKey = ({ project, repository }: SourceFile, ref: string) =>
  `${project}/${repository}@${ref}`.toLowerCase();

export const absent = (file: SourceFile): FileState => ({
  because: `${file.path} is not in ${file.project}/${file.repository}${
    file.ref && ` at ${file.ref}`
  }, or the reader may not see it`,
  code: 'not-found',
});

/** What is remembered for a file that is not there, which is as good to know as an object id. */
export const ABSENT = 'absent';

/** What tells whether a file changed: its object id, or that it is not there; nothing if that is not known. */
export function markerOf(state: FileState | undefined): string | undefined {
  if (!state) return undefined;
  if ('objectId' in state) return state.objectId;
  return state.code === 'not-found' ? ABSENT : undefined;
}
