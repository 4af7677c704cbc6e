import { Fact } from 'backstage-plugin-pipeline-posture-common';
import { unzip } from '../client/unzip';
import { MAX_FILE_BYTES } from '../yaml/parseYaml';
import { FileText } from '../yaml/TemplateFiles';
import { codeOf, decode, gitBlobId } from './fileStates';

/** Puts the files of an archive under their object ids, or the reason why each of them cannot be read. */
export function unpackFiles(
  archive: Fact<Buffer>,
  ids: string[],
  contents: Map<string, FileText>,
): void {
  if (!archive.known) {
    for (const id of ids) contents.set(id, codeOf(archive));
    return;
  }
  try {
    const files = unzip(archive.value, {
      maxFiles: ids.length,
      maxFileBytes: 2 * MAX_FILE_BYTES,
    });
    for (const [name, content] of files) {
      const text = decode(content);
      // By what it is, whatever the archive calls it.
      const id = content === 'too-large' ? name : gitBlobId(content);
      if (text) contents.set(id, text);
    }
  } catch (error) {
    for (const id of ids) {
      contents.set(id, {
        because: `the files could not be unpacked: ${(error as Error).message}`,
        code: 'malformed',
      });
    }
  }
}
