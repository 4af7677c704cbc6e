import {
  Fact,
  Injection,
  known,
} from 'backstage-plugin-pipeline-posture-common';
import { consoleUrls } from '../client/consoleUrls';
import { ScopeReadings } from '../collect/readings';
import { PipelineModel } from './pipelineModel';

/** Variables whose value somebody outside can write: those of a run, and texts of a commit or pull request. */
const UNTRUSTED =
  /#\{(?:variables\.[^}]+|[^}]*\.(?:CommitMessage|BranchName|PullRequestTitle|AuthorDisplayName|AuthorEmail|TagName|CommitUrl))\}/g;

/** Untrusted text that stands inside commands, where a shell would read it as part of them. */
export function injectionsOf(
  model: PipelineModel,
  readings: ScopeReadings,
): Fact<Injection[]> {
  const found: Injection[] = [];
  const scan = (text: string, where: string) => {
    for (const expression of new Set(text.match(UNTRUSTED) ?? [])) {
      found.push({ expression, where });
    }
  };
  for (const { stage } of model.stages) {
    for (const { name, commands, configuration } of stage.actions) {
      scan(commands.join('\n'), `commands of action ${name}`);
      scan(
        configuration.BuildspecOverride ?? '',
        `buildspec of action ${name}`,
      );
    }
    const conditions = [
      ...stage.beforeEntry,
      ...stage.onSuccess,
      ...stage.onFailure,
    ];
    for (const { rules } of conditions) {
      for (const { name, commands } of rules) {
        scan(
          commands.join('\n'),
          `commands of rule ${name} of stage ${stage.name}`,
        );
      }
    }
  }
  return known(found, {
    source: 'codepipeline:GetPipeline',
    url: consoleUrls.pipeline(readings.region, model.definition.name),
  });
}
