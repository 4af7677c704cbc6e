import {
  AZURE_PROJECT_ANNOTATION,
  AZURE_PROJECT_REPO_ANNOTATION,
  Fact,
  Gate,
  known,
  Leak,
  mapFact,
  PipelineLocator,
  PipelineRef,
  PipelineSource,
} from 'backstage-plugin-pipeline-posture-common';
import { SecretScanner } from 'backstage-plugin-pipeline-posture-node';
import * as wire from '../client/wire';
import { CodeReading } from '../reading/types';
import { principalFrom } from './gates';
import { PipelineDraft } from './PipelineDraft';
import { fullRef, RepositoryCatalogue } from './RepositoryCatalogue';
import { Resources } from './Resources';
import { triggersOf } from './triggers';

const scanner = new SecretScanner();
export const PROVIDER_ID = 'azure-devops';

/** What every draft of a project needs. */
export interface DraftContext {
  scope: string;
  hostOrganisation: string;
  resources: Resources;
  catalogue: RepositoryCatalogue;
}

type Variables = Record<string, wire.Variable & { leak?: string }> | undefined;

function leaksIn(variables: Variables, where: string, url: string): Leak[] {
  return Object.entries(variables ?? {}).flatMap(
    ([name, { value, isSecret, leak }]) => {
      if (isSecret) return [];
      const pattern = leak ?? scanner.matchSetting(name, value)?.pattern;
      return pattern
        ? [
            {
              where: `variable ${name}${where}`,
              pattern,
              in: 'setting' as const,
              url,
            },
          ]
        : [];
    },
  );
}

const settable = (variables: Variables) =>
  Object.entries(variables ?? {}).flatMap(
    ([name, { allowOverride, isSecret }]) =>
      allowOverride && !isSecret ? [name] : [],
  );

function locatorsOf(
  context: DraftContext,
  name: string,
  repository?: { project: string; name: string },
): PipelineLocator[] {
  const { hostOrganisation, resources } = context;
  const common = { hostOrganisation, definition: name };
  return [
    ...(repository
      ? [
          {
            annotation: AZURE_PROJECT_REPO_ANNOTATION,
            value: `${repository.project}/${repository.name}`,
            ...common,
          },
        ]
      : []),
    {
      annotation: AZURE_PROJECT_ANNOTATION,
      value: resources.state.project.name,
      ...common,
    },
  ];
}

const inAzureRepos = ({ repository }: wire.Definition) =>
  (repository?.type ?? '').toLowerCase() === 'tfsgit';

/** The project that a repository is in: its address says so when it is another one. */
export function projectOfRepository(
  definition: wire.Definition,
  own: string,
): string {
  const match = /\/([^/]+)\/_git\//.exec(definition.repository?.url ?? '');
  return match && inAzureRepos(definition) ? decodeURIComponent(match[1]) : own;
}

function applicationSource(
  definition: wire.Definition,
  context: DraftContext,
  file?: string,
): PipelineSource[] {
  const { repository } = definition;
  if (!repository) return [];
  const { resources, catalogue } = context;
  if (inAzureRepos(definition)) {
    return [
      catalogue.azureRepos({
        id: 'self',
        project: projectOfRepository(definition, resources.state.project.name),
        repository: repository.id ?? repository.name ?? '',
        ref: repository.defaultBranch ? fullRef(repository.defaultBranch) : '',
        role: 'application',
        ...(file && { file }),
      }),
    ];
  }
  const name =
    repository.properties?.fullName ??
    repository.name ??
    repository.id ??
    'a repository';
  return [
    catalogue.elsewhere({
      id: 'self',
      type: repository.type ?? 'git',
      name,
      url: repository.url,
      branch: repository.defaultBranch,
      role: 'application',
    }),
  ];
}

function templateSources(
  code: Fact<CodeReading>,
  context: DraftContext,
): PipelineSource[] {
  if (!code.known) return [];
  const used = new Set(
    code.value.files.map(({ project, repository }) =>
      `${project}/${repository}`.toLowerCase(),
    ),
  );
  return code.value.repositories.flatMap(
    ({ alias, type, project, repository, ref }) => {
      if (type.toLowerCase() !== 'git') {
        return [
          context.catalogue.elsewhere({
            id: alias,
            type,
            name: `${project}/${repository}`,
            branch: ref,
            role: 'template',
          }),
        ];
      }
      if (!used.has(`${project}/${repository}`.toLowerCase())) return [];
      return [
        context.catalogue.azureRepos({
          id: alias,
          project,
          repository,
          ref,
          role: 'template',
        }),
      ];
    },
  );
}

const webLink = (
  links: { web?: { href?: string } } | undefined,
  fallback: string,
) => links?.web?.href ?? fallback;

/** A YAML or classic build pipeline. */
export function definitionDraft(
  definition: wire.Definition,
  code: Fact<CodeReading>,
  context: DraftContext,
): PipelineDraft {
  const { state } = context.resources;
  const { id, name, repository, process } = definition;
  const ref: PipelineRef = {
    provider: PROVIDER_ID,
    scope: context.scope,
    id: `build-${id}`,
  };
  const url = webLink(
    definition._links,
    `${state.baseUrl}/${encodeURIComponent(
      state.project.name,
    )}/_build?definitionId=${id}`,
  );
  const file = process?.yamlFilename;
  const rooted = file && (file.startsWith('/') ? file : `/${file}`);
  const yaml = file !== undefined;
  const folder = (definition.path ?? '').split('\\').filter(Boolean);
  const own =
    inAzureRepos(definition) && repository?.name
      ? {
          project: projectOfRepository(definition, state.project.name),
          name: repository.name,
        }
      : undefined;
  const application = applicationSource(definition, context, rooted);
  return {
    ref,
    kind: yaml ? 'azure-yaml' : 'azure-classic-build',
    name,
    url,
    enabled: definition.queueStatus !== 'disabled',
    locators: locatorsOf(context, name, own),
    definitionId: id,
    securityToken: [state.project.id, ...folder, String(id)].join('/'),
    code,
    sources: known([...application, ...templateSources(code, context)], {
      source: 'GET {project}/_apis/build/definitions',
      url,
    }),
    ownGates: new Map(),
    repositoryAccess: repositoryAccessOf(code, context),
    upstream: [],
    leaks: leaksIn(definition.variables, '', url),
    settableVariables: settable(definition.variables),
    anyVariableSettable: settableBySetting(state.settings),
    triggers: triggersOf(definition, code, state.settings),
    lastRunAt: known(definition.latestCompletedBuild?.finishTime ?? null, {
      source: 'GET {project}/_apis/build/definitions?includeLatestBuilds=true',
      field: 'latestCompletedBuild.finishTime',
      url,
    }),
    ...(definition.jobAuthorizationScope && {
      jobScope: definition.jobAuthorizationScope,
    }),
    ...(rooted && { file: rooted }),
    ...(!inAzureRepos(definition) &&
      repository?.properties?.connectedServiceId && {
        sourceConnection: repository.properties.connectedServiceId,
      }),
  };
}

/** Pipeline permissions of the other repositories that the code names. */
function repositoryAccessOf(
  code: Fact<CodeReading>,
  { resources, catalogue }: DraftContext,
): PipelineDraft['repositoryAccess'] {
  if (!code.known) return [];
  return code.value.repositories.flatMap(
    ({ type, project, repository: name }) => {
      const found = catalogue.find(project, name);
      const owner = catalogue.projectId(project);
      if (type.toLowerCase() !== 'git' || !found || !owner) return [];
      return [
        {
          title: `${project}/${found.name}`,
          access: resources.access({
            type: 'repository',
            id: `${owner}.${found.id}`,
          }),
        },
      ];
    },
  );
}

function settableBySetting(
  settings: Fact<wire.GeneralSettings>,
): Fact<boolean> {
  if (!settings.known) return settings;
  const enforced = settings.value.enforceSettableVar === true;
  return known(!enforced, {
    source: 'GET {project}/_apis/build/generalsettings',
    field: 'enforceSettableVar',
    observed: String(enforced),
  });
}

type Stage = NonNullable<wire.Release['environments']>[number];

function approvalGate(
  stage: Stage,
  url: string,
  broadGroups: ReadonlySet<string>,
): Gate[] {
  const { approvals = [], approvalOptions } = stage.preDeployApprovals ?? {};
  const human = approvals.filter(
    ({ isAutomated, approver }) => isAutomated !== true && approver,
  );
  if (human.length === 0) return [];
  const evidence = (field: string, observed: string) => ({
    source: 'GET {project}/_apis/release/definitions/{id}',
    field: `environments[${stage.name}].preDeployApprovals.approvalOptions.${field}`,
    observed,
    url,
  });
  // Left out, the service's defaults hold, and those let the creator approve.
  const creator = approvalOptions?.releaseCreatorCanBeApprover !== false;
  const skipped =
    approvalOptions?.autoTriggeredAndPreviousEnvironmentApprovedCanBeSkipped ===
    true;
  return [
    {
      id: `pre-approval-${stage.id}`,
      name: 'Pre-deployment approval',
      kind: 'approval',
      on: `stage ${stage.name}`,
      effective: true,
      approvers: human.map(({ approver }) =>
        principalFrom(approver ?? {}, broadGroups),
      ),
      requesterCanApprove: known(
        creator,
        evidence(
          'releaseCreatorCanBeApprover',
          String(approvalOptions?.releaseCreatorCanBeApprover ?? 'not set'),
        ),
      ),
      canBeSkipped: known(
        skipped,
        evidence(
          'autoTriggeredAndPreviousEnvironmentApprovedCanBeSkipped',
          String(skipped),
        ),
      ),
      url,
    },
  ];
}

/** The branch that an artifact must come from, as text in a condition. */
function branchesIn(value: string | undefined): string[] {
  try {
    const { sourceBranch } = JSON.parse(value ?? '') as {
      sourceBranch?: unknown;
    };
    return typeof sourceBranch === 'string' && sourceBranch !== ''
      ? [sourceBranch]
      : [];
  } catch {
    return [];
  }
}

function branchFilterGate(stage: Stage, url: string): Gate[] {
  const filters = (stage.conditions ?? []).filter(
    ({ conditionType }) => conditionType === 'artifact' || conditionType === 4,
  );
  const branches = filters.flatMap(({ value }) => branchesIn(value));
  if (branches.length === 0) return [];
  const open = branches.find(each => /^(\*|refs\/heads\/\*)$/.test(each));
  return [
    {
      id: `artifact-filter-${stage.id}`,
      name: 'Artifact filter',
      kind: 'branch-control',
      on: `stage ${stage.name}`,
      effective: !open,
      ...(open && { ineffectiveBecause: `it allows ${open}` }),
      approvers: [],
      requesterCanApprove: known(false),
      canBeSkipped: known(false),
      url,
    },
  ];
}

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
            type: 'azure-pipelines',
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
          ...branchFilterGate(stage, url),
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
    lastRunAt: known(null),
    repositoryAccess: [],
    upstream: whole ? upstreamOf(whole, state.project.name) : [],
  };
}
