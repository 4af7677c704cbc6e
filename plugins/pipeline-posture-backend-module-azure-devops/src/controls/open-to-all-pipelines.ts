import {
  judge,
  notApplicable,
  Verdict,
} from 'backstage-plugin-pipeline-posture-node';
import { UsedResource } from '../normalize/AzureFacts';

/**
 * The one question that is asked of every kind of resource: may any pipeline of the project use it?
 *
 * @param accept - which of the pipeline's resources are asked about
 */
export function judgeOpenAccess(
  resources: readonly UsedResource[],
  accept: (resource: UsedResource) => boolean,
  nothing: string,
): Verdict {
  const asked = resources.filter(accept);
  if (asked.length === 0) return notApplicable(nothing);
  const instances = asked.flatMap(({ type, name, disabled, access, url }) => {
    const subject = `${type} ${name}`;
    const expected = `Only named pipelines may use the ${type}.`;
    if (disabled) return [];
    return judge(access, subject, expected, ({ allPipelines, pipelines }) => ({
      ok: !allPipelines,
      observed: allPipelines
        ? `Every pipeline of the project may use the ${subject}.`
        : `${pipelines.length} named pipeline${
            pipelines.length === 1 ? '' : 's'
          } may use the ${subject}.`,
      ...(url && { url }),
    }));
  });
  return instances.length > 0
    ? instances
    : notApplicable(`Every ${asked[0].type} of this pipeline is disabled.`);
}
