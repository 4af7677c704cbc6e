import {
  known,
  PipelineSnapshot,
} from 'backstage-plugin-pipeline-posture-common';
import { Assembled } from './assemble';
import { artifactsFact } from './artifacts';
import { usesByPrincipal } from './uses';
import { providerFacts } from './providerFacts';
import { RepositoryCatalogue } from './RepositoryCatalogue';
import { gapsOf } from './gaps';
import { reasonOfGap } from './names';
import { identitiesFact, IdentityContext } from './identities';
import { alertsFact, auditFact } from './monitoring';
import { editorsFact } from './editors';
import { injectionsFact, inputsFact } from './inputs';
import { leaksFact } from './leaks';
import { PoolSharing, runnersFact } from './runners';
import { securityTestsFact, securityTestsWithUpstream } from './securityTests';
import { Resources } from './Resources';

/** What snapshots of a project are made with. */
export interface SnapshotContext {
  resources: Resources;
  catalogue: RepositoryCatalogue;
  sharing: PoolSharing;
  now: Date;
  /** False if not every pipeline of the project could be listed. */
  complete: boolean;
}

function snapshotOf(
  assembled: Assembled,
  context: SnapshotContext & {
    byDefinition(id: number): Assembled | undefined;
  },
  identities: IdentityContext,
): PipelineSnapshot {
  const { draft, stages } = assembled;
  const { resources, sharing, now } = context;
  const editors = editorsFact(draft, resources);
  const provider = providerFacts(assembled, resources, context.catalogue);
  return {
    ref: draft.ref,
    name: draft.name,
    url: draft.url,
    kind: draft.kind,
    collectedAt: now.toISOString(),
    locators: draft.locators,
    enabled: draft.enabled,
    sources: draft.sources,
    stages: stages.known
      ? known(
          stages.value.map(({ stage }) => stage),
          stages.evidence,
        )
      : stages,
    identities: identitiesFact(assembled, identities),
    leaks: leaksFact(draft, resources),
    securityTests: securityTestsWithUpstream(
      securityTestsFact(assembled, editors),
      draft.upstream,
      id => {
        const upstream = context.byDefinition(id);
        return (
          upstream &&
          securityTestsFact(upstream, editorsFact(upstream.draft, resources))
        );
      },
    ),
    triggers: draft.triggers,
    inputs: inputsFact(draft),
    injections: injectionsFact(draft),
    editors,
    runners: runnersFact(assembled, resources, sharing),
    artifacts: artifactsFact(assembled),
    alerts: alertsFact(draft, resources),
    audit: auditFact(draft, resources, now),
    provider,
  };
}

/** Why it is not known which connections a release uses, if there is such a release. */
function unreadReleaseOf(
  assembled: Assembled[],
): Pick<IdentityContext, 'unreadRelease'> {
  for (const { draft, stages } of assembled) {
    if (draft.kind !== 'azure-classic-release') continue;
    if (!stages.known) return { unreadRelease: stages.reason };
    const [gap] = gapsOf({
      gaps: [],
      stages: stages.value.map(({ reading }) => reading),
    });
    if (gap) return { unreadRelease: reasonOfGap(gap) };
  }
  return {};
}

/** Makes the snapshots of a project. All pipelines come together, since one's identities depend on the others' uses. */
export function* snapshotsOf(
  assembled: Assembled[],
  context: SnapshotContext,
): Generator<PipelineSnapshot> {
  const { resources, complete, now } = context;
  const identities: IdentityContext = {
    resources,
    uses: usesByPrincipal(assembled, resources.state.organisation),
    definitions: new Map(
      assembled.flatMap(({ draft }) =>
        draft.definitionId === undefined
          ? []
          : [[draft.definitionId, draft] as const],
      ),
    ),
    complete,
    ...unreadReleaseOf(assembled),
    scope: assembled[0]?.draft.ref.scope ?? '',
    now,
  };
  const byId = new Map(
    assembled.map(each => [each.draft.definitionId, each] as const),
  );
  const whole = { ...context, byDefinition: (id: number) => byId.get(id) };
  for (const each of assembled) yield snapshotOf(each, whole, identities);
}
