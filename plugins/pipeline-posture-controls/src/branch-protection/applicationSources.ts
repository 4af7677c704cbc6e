import {
  BranchProtection,
  FindingInstance,
  PipelineSource,
} from 'backstage-plugin-pipeline-posture-common';
import {
  judge,
  notApplicable,
  Verdict,
} from 'backstage-plugin-pipeline-posture-node';

/**
 * Judges the rules on the branch of every repository that the pipeline builds or deploys.
 *
 * Repositories of templates are asked by a control of their own. Buckets and images have no branch; a pipeline
 * that takes its input only from those has nothing to judge.
 */
export function judgeApplicationSources(
  sources: readonly PipelineSource[],
  expected: string,
  decide: (
    protection: BranchProtection,
    title: string,
  ) => { ok: boolean; observed: string },
): Verdict {
  const instances = sources
    .filter(({ role }) => role === 'application')
    .flatMap(({ name, branch, protection, url }): FindingInstance[] => {
      const title = branch ? `branch ${branch} of ${name}` : name;
      return judge(protection, title, expected, value =>
        value === 'not-applicable'
          ? undefined
          : { ...decide(value, title), url },
      );
    });
  return instances.length > 0
    ? instances
    : notApplicable(
        'This pipeline takes its application from no branch of a repository.',
      );
}
