import {
  Fact,
  known,
  PipelineRef,
  unknown,
} from 'backstage-plugin-pipeline-posture-common';
import * as wire from '../client/wire';
import { CodeReading } from '../reading/types';
import { PipelineDraft } from './PipelineDraft';
import { branchOfDefinition } from './branchElsewhere';
import { hiddenRepository } from './RepositoryCatalogue';
import { triggersOf } from './triggers';
import {
  DraftContext,
  PROVIDER_ID,
  leaksIn,
  locatorsOf,
  settable,
  webLink,
} from './draftContext';
import {
  applicationSource,
  inAzureRepos,
  projectOfRepository,
  templateSources,
} from './draftSources';

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
    triggers: triggersOf(
      definition,
      code,
      state.settings,
      context.catalogue.rulesElsewhere(branchOfDefinition(definition)),
    ),
    lastRunAt: known(definition.latestCompletedBuild?.finishTime ?? null, {
      source: 'GET {project}/_apis/build/definitions?includeLatestBuilds=true',
      field: 'latestCompletedBuild.finishTime',
      url,
    }),
    ...jobScopeOf(definition),
    ...(definition.queue?.id !== undefined && {
      defaultQueue: {
        id: definition.queue.id,
        hosted: definition.queue.pool?.isHosted === true,
      },
    }),
    ...(rooted && { file: rooted }),
    ...(!inAzureRepos(definition) &&
      repository?.properties?.connectedServiceId && {
        sourceConnection: repository.properties.connectedServiceId,
      }),
  };
}

/** The scope of the job token, which a job may have of its own. */
function jobScopeOf({
  jobAuthorizationScope: scope,
  process,
}: wire.Definition): Pick<PipelineDraft, 'jobScope'> {
  if (scope === undefined) return {};
  const one = (process?.phases ?? []).every(
    ({ jobAuthorizationScope: own = scope }) =>
      own.toLowerCase() === scope.toLowerCase(),
  );
  return { jobScope: one ? scope : 'differs' };
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
      if (type.toLowerCase() !== 'git') return [];
      const unread = catalogue.unread(project);
      if (unread) {
        return [{ title: `${project}/${name}`, access: unknown(unread) }];
      }
      if (!found || !owner) {
        const title = `${project}/${name}`;
        return [{ title, access: unknown(hiddenRepository(title)) }];
      }
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
