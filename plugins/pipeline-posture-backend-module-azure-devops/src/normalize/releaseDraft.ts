import {
  Fact,
  known,
  mapFact,
  PipelineSource,
} from 'backstage-plugin-pipeline-posture-common';
import * as wire from '../client/wire';
import { CodeReading } from '../reading/types';
import { PipelineDraft } from './PipelineDraft';
import { fullRef } from './RepositoryCatalogue';
import {
  DraftContext,
  PROVIDER_ID,
  leaksIn,
  locatorsOf,
  settable,
  webLink,
} from './draftContext';
import { applicationSource, EARLIER_PIPELINE } from './draftSources';
import { approvalGate, branchFilterGate } from './releaseApprovals';

function releaseSources(
  release: wire.Release,
  context: DraftContext,
): PipelineSource[] {
  const { resources, catalogue } = context;
  const { definitions, project } = resources.state;
  return (release.artifacts ?? []).flatMap(
    (artifact, index): PipelineSource[] => {
      const {
        definition,
        project: owner,
        branch,
      } = artifact.definitionReference ?? {};
      const id = artifact.alias ?? `artifact-${index + 1}`;
      const type = (artifact.type ?? '').toLowerCase();
      const ownProject = owner?.name ?? project.name;
      if (type === 'build') {
        const built = definitions.known
          ? definitions.value.find(each => String(each.id) === definition?.id)
          : undefined;
        const same = ownProject.toLowerCase() === project.name.toLowerCase();
        if (built && same)
          return applicationSource(built, context).map(each => ({
            ...each,
            id,
          }));
        return [
          catalogue.elsewhere({
            id,
            type: EARLIER_PIPELINE,
            name: `pipeline ${
              definition?.name ?? definition?.id ?? id
            } of project ${ownProject}`,
            role: 'application',
          }),
        ];
      }
      if (type === 'git' || type === 'tfsgit') {
        return [
          catalogue.azureRepos({
            id,
            project: ownProject,
            repository: definition?.id ?? definition?.name ?? '',
            ref: branch?.name ? fullRef(branch.name) : '',
            role: 'application',
          }),
        ];
      }
      return [
        catalogue.elsewhere({
          id,
          type: artifact.type ?? 'artifact',
          name: definition?.name ?? id,
          role: 'application',
        }),
      ];
    },
  );
}

/** The pipelines that made the artifacts of a release. */
function upstreamOf(
  release: wire.Release,
  project: string,
): PipelineDraft['upstream'] {
  return (release.artifacts ?? [])
    .filter(({ type }) => (type ?? '').toLowerCase() === 'build')
    .map(({ definitionReference }) => {
      const owner = definitionReference?.project?.name ?? project;
      const id = Number(definitionReference?.definition?.id);
      const own = owner.toLowerCase() === project.toLowerCase();
      return own && Number.isInteger(id) ? id : 'elsewhere';
    });
}

/** A classic release pipeline. */
export function releaseDraft(
  reference: wire.ReleaseReference,
  release: Fact<wire.Release>,
  code: Fact<CodeReading>,
  context: DraftContext,
): PipelineDraft {
  const { state } = context.resources;
  const { id, name } = reference;
  const url = webLink(
    reference._links,
    `${state.baseUrl}/${encodeURIComponent(
      state.project.name,
    )}/_release?definitionId=${id}`,
  );
  const whole = release.known ? release.value : undefined;
  const stages = whole?.environments ?? [];
  const folder = (reference.path ?? '').split('\\').filter(Boolean);
  const sources = mapFact(release, value => releaseSources(value, context));
  const [repository] = sources.known
    ? sources.value.filter(each => each.host === 'azure-repos')
    : [];
  const [owner, repositoryName] = repository?.name.split('/') ?? [];
  return {
    ref: { provider: PROVIDER_ID, scope: context.scope, id: `release-${id}` },
    kind: 'azure-classic-release',
    name,
    url,
    enabled: reference.isDisabled !== true,
    locators: locatorsOf(
      context,
      name,
      repositoryName ? { project: owner, name: repositoryName } : undefined,
    ),
    securityToken: [state.project.id, ...folder, String(id)].join('/'),
    code,
    sources,
    ownGates: new Map(
      stages.map(stage => [
        stage.name,
        [
          ...approvalGate(stage, url, state.broadGroups),
          ...branchFilterGate(stage, url, whole?.artifacts ?? []),
        ],
      ]),
    ),
    leaks: [
      ...leaksIn(whole?.variables, '', url),
      ...stages.flatMap(stage =>
        leaksIn(stage.variables, ` of stage ${stage.name}`, url),
      ),
    ],
    settableVariables: [
      ...settable(whole?.variables),
      ...stages.flatMap(stage => settable(stage.variables)),
    ],
    // A release lets nobody set more than what is marked settable at release time.
    anyVariableSettable: mapFact(release, () => false),
    triggers: mapFact(release, ({ triggers = [], artifacts = [] }) =>
      triggers
        .filter(({ triggerType }) => triggerType === 'artifactSource')
        .map(({ triggerConditions = [] }) => ({
          kind:
            artifacts.length > 0 ? ('upstream' as const) : ('push' as const),
          branches: triggerConditions.flatMap(({ sourceBranch }) =>
            sourceBranch && !sourceBranch.startsWith('-') ? [sourceBranch] : [],
          ),
          excludedBranches: triggerConditions.flatMap(({ sourceBranch }) =>
            sourceBranch?.startsWith('-') ? [sourceBranch.slice(1)] : [],
          ),
          untrusted: known({
            possible: false,
            getsSecrets: false,
            getsFullToken: false,
            needsComment: false,
            description:
              'A release starts from artifacts, not from pull requests.',
          }),
        })),
    ),
    lastRunAt: known(reference.lastRelease?.createdOn ?? null, {
      source: 'GET {project}/_apis/release/definitions?$expand=lastRelease',
      field: 'lastRelease.createdOn',
      url,
    }),
    repositoryAccess: [],
    upstream: whole ? upstreamOf(whole, state.project.name) : [],
  };
}
