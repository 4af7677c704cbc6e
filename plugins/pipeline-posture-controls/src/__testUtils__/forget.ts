import {
  Fact,
  PipelineSnapshot,
} from 'backstage-plugin-pipeline-posture-common';
import { notRead } from 'backstage-plugin-pipeline-posture-node';

function isKnownFact(value: object): value is Fact<unknown> {
  return 'known' in value && value.known === true && 'value' in value;
}

/**
 * The same pipeline with some of its facts, at any depth, no longer readable.
 *
 * @param choose - asked once for each fact, outermost first; true makes it unknown
 */
export function forget(
  snapshot: PipelineSnapshot,
  choose: () => boolean,
): PipelineSnapshot {
  const visit = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(visit);
    if (typeof value !== 'object' || value === null) return value;
    if (isKnownFact(value) && choose()) return notRead();
    return Object.fromEntries(
      Object.entries(value).map(([key, part]) => [key, visit(part)]),
    );
  };
  return visit(snapshot) as PipelineSnapshot;
}
