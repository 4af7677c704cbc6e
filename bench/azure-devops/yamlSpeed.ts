import { performance } from 'node:perf_hooks';
import { parse } from 'yaml';
import { generateAzureOrganisation } from 'pipeline-posture-estate';
import { readPipelineCode } from '../../plugins/pipeline-posture-backend-module-azure-devops/src/reading/readPipelineCode';
import { resolvePipeline } from '../../plugins/pipeline-posture-backend-module-azure-devops/src/yaml/resolvePipeline';
import { FileLibrary } from '../../plugins/pipeline-posture-backend-module-azure-devops/src/yaml/TemplateFiles';
import { FLEET } from './fleet';
import { BenchRow } from './row';

const ROUNDS = 3;

/** B5: reading pipeline code, beside a bare parse of the same files. */
export async function benchYaml(): Promise<BenchRow[]> {
  const { projects } = generateAzureOrganisation(FLEET);
  const files = projects.flatMap(({ name, repositories }) =>
    repositories.flatMap(repository =>
      Object.entries(repository.files).map(([path, text]) => ({
        file: {
          project: name,
          repository: repository.name,
          ref: 'refs/heads/main',
          path,
        },
        text,
      })),
    ),
  );
  const roots = files.filter(({ file }) => file.path.startsWith('/pipelines/'));
  let bare = Infinity;
  let whole = Infinity;
  let stages = 0;
  for (let round = 0; round < ROUNDS; round += 1) {
    const start = performance.now();
    for (const { text } of files) parse(text);
    bare = Math.min(bare, performance.now() - start);
    const begin = performance.now();
    const library = new FileLibrary();
    for (const { file, text } of files)
      library.add(file, { text, objectId: file.path });
    stages = 0;
    for (const { file } of roots) {
      const resolution = resolvePipeline(file, library);
      if (resolution.status === 'resolved')
        stages += readPipelineCode(resolution).stages.length;
    }
    whole = Math.min(whole, performance.now() - begin);
  }
  const perSecond = (ms: number) => Math.round((files.length / ms) * 1000);
  return [
    {
      row: 'B5',
      what: 'Azure YAML files per second: parse, resolve, all facts; against a bare parse',
      figure: bare / whole,
      bar: 0.4,
      must: 'at least',
      unit: 'of bare parse',
      notes: `${perSecond(whole)} files/s against ${perSecond(
        bare,
      )} files/s; ${stages} stages in ${roots.length} pipelines`,
    },
  ];
}
