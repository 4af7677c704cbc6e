import {
  BranchProtection,
  FindingInstance,
  PipelineSource,
  UnknownReason,
} from 'backstage-plugin-pipeline-posture-common';
import {
  cannotTell,
  fail,
  notApplicable,
  pass,
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
  ) => {
    ok: boolean;
    observed: string;
    /** Why a rule may be better than it seems: a fault is then not sure. */
    undecided?: UnknownReason;
  },
): Verdict {
  const instances = sources
    .filter(({ role }) => role === 'application')
    .flatMap(({ name, branch, protection, url }): FindingInstance[] => {
      const title = branch ? `branch ${branch} of ${name}` : name;
      if (!protection.known)
        return [cannotTell(title, expected, protection.reason)];
      if (protection.value === 'not-applicable') return [];
      const { ok, observed, undecided } = decide(protection.value, title);
      if (!ok && undecided) return [cannotTell(title, expected, undecided)];
      const { evidence } = protection;
      return [
        (ok ? pass : fail)({
          subject: title,
          observed,
          expected,
          evidence,
          ...(url && { url }),
        }),
      ];
    });
  return instances.length > 0
    ? instances
    : notApplicable(
        'This pipeline takes its application from no branch of a repository.',
      );
}
