import { readPipelineCode } from '../reading/readPipelineCode';
import { CodeReading } from '../reading/types';
import { SourceFile } from '../yaml/nodes';
import { resolvePipeline } from '../yaml/resolvePipeline';
import { FileLibrary } from '../yaml/TemplateFiles';

const ROOT: SourceFile = {
  project: 'Shop',
  repository: 'shop',
  ref: 'refs/heads/main',
  path: '/azure-pipelines.yml',
};

/** The repository `Shop/templates`, which pipelines name as a resource. */
export const TEMPLATES = `resources:
  repositories:
  - { repository: central, type: git, name: Shop/templates, ref: refs/heads/main }
`;

/** Reads the code of a pipeline, with templates of its own repository (`/t.yml`) and of `Shop/templates` (`central:/t.yml`). */
export function readYaml(
  text: string,
  others: Record<string, string> = {},
): CodeReading {
  const library = new FileLibrary();
  for (const [name, content] of Object.entries({
    [ROOT.path]: text,
    ...others,
  })) {
    const central = name.startsWith('central:');
    const file = central
      ? { ...ROOT, repository: 'templates', path: name.slice(8) }
      : { ...ROOT, path: name };
    library.add(file, { text: content, objectId: name });
  }
  const resolution = resolvePipeline(ROOT, library);
  if (resolution.status !== 'resolved')
    throw new Error(JSON.stringify(resolution));
  return readPipelineCode(resolution);
}

/** All steps of a pipeline in order. */
export const stepsOf = ({ stages }: CodeReading) =>
  stages.flatMap(({ jobs }) => jobs.flatMap(({ steps }) => steps));
