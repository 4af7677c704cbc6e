import { EvidenceRef } from 'backstage-plugin-pipeline-posture-common';
import { consoleUrls } from '../client/consoleUrls';
import { ScopeReadings } from '../collect/readings';

type Where = Pick<ScopeReadings, 'region'>;

/** The page where a person sees what a call has shown. */
function linkOf(
  { source, field }: EvidenceRef,
  pipeline: string,
  { region }: Where,
) {
  const [service] = source.split(':');
  switch (service) {
    case 'codepipeline':
    case 'codebuild':
    case 'tag':
      return consoleUrls.pipeline(region, pipeline);
    case 'iam': {
      const role = /^RoleDetailList\[(.+?)\]/.exec(field ?? '')?.[1];
      return role ? consoleUrls.role(region, role) : consoleUrls.iam(region);
    }
    case 'events':
      return consoleUrls.eventRules(region);
    case 'codestar-notifications':
      return consoleUrls.notificationRules(region);
    case 'cloudtrail':
      return consoleUrls.trails(region);
    case 'access-analyzer':
      return consoleUrls.analyzers(region);
    default:
      return undefined;
  }
}

/**
 * Gives every piece of evidence a link into the console, where it has none yet.
 *
 * @param value - a snapshot, or any part of one
 */
export function withConsoleLinks<T>(
  value: T,
  pipeline: string,
  where: Where,
): T {
  if (Array.isArray(value)) {
    return value.map(item => withConsoleLinks(item, pipeline, where)) as T;
  }
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, item]) => {
    if (key !== 'evidence' || !Array.isArray(item)) {
      return [key, withConsoleLinks(item, pipeline, where)];
    }
    const linked = (item as EvidenceRef[]).map(evidence => ({
      ...evidence,
      url: evidence.url ?? linkOf(evidence, pipeline, where),
    }));
    return [key, linked];
  });
  return Object.fromEntries(entries) as T;
}
