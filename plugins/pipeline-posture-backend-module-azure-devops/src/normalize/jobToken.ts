import {
  Fact,
  known,
  mapFact,
  unknown,
  UnknownReason,
} from 'backstage-plugin-pipeline-posture-common';
import { holdersOf } from '../collect/readPermissions';
import { BuildServiceRights, JobToken, TokenExposure } from './AzureFacts';
import { foundIn } from './gaps';
import { mayBeInAzureRepos } from './draftSources';
import { PipelineDraft } from './PipelineDraft';
import { RepositoryCatalogue } from './RepositoryCatalogue';
import { Resources } from './Resources';

/** How far the token of a job reaches: the project's setting before what the pipeline says, and public projects never beyond themselves. */
export function jobTokenFact(
  draft: PipelineDraft,
  resources: Resources,
): Fact<JobToken> {
  const { settings, project } = resources.state;
  if (project.visibility === 'public') {
    return known({
      projectOnly: true,
      because: 'the project is public, whose pipelines never reach beyond it',
    });
  }
  return mapFact(settings, each => {
    const release = draft.kind === 'azure-classic-release';
    const setting = release
      ? 'enforceJobAuthScopeForReleases'
      : 'enforceJobAuthScope';
    if (each[setting] === true)
      return {
        projectOnly: true,
        because: `the project setting ${setting} is on`,
      };
    if (draft.kind === 'azure-classic-build' && draft.jobScope === 'project') {
      return {
        projectOnly: true,
        because: 'the pipeline limits its own token to the project',
      };
    }
    return {
      projectOnly: false,
      because: `the project setting ${setting} is off`,
    };
  });
}

export function exposuresFact(draft: PipelineDraft): Fact<TokenExposure[]> {
  return foundIn(draft.code, code =>
    code.stages.flatMap(stage =>
      stage.jobs.flatMap(job =>
        job.steps.flatMap(({ exposesToken, name, location }) =>
          exposesToken
            ? [
                {
                  where: `step ${name} of job ${job.name}`,
                  how: exposesToken,
                  ...(location && { location }),
                },
              ]
            : [],
        ),
      ),
    ),
  );
}

/** Permissions with which a hijacked job can change protected code. */
const WRITE = [
  'GenericContribute',
  'ForcePush',
  'CreateBranch',
  'PolicyExempt',
  'EditPolicies',
  'ManagePermissions',
  'PullRequestBypassPolicy',
];

export function buildServiceFact(
  draft: PipelineDraft,
  resources: Resources,
  catalogue: RepositoryCatalogue,
): Fact<BuildServiceRights[]> {
  const { gitPermissions, project } = resources.state;
  return mapFact(draft.sources, sources =>
    sources
      .filter(mayBeInAzureRepos)
      .flatMap((source): BuildServiceRights[] => {
        const { name } = source;
        const notRead = (reason: UnknownReason) => [
          { repository: name, holders: unknown<never>(reason) },
        ];
        if (source.host !== 'azure-repos') {
          return source.protection.known
            ? []
            : notRead(source.protection.reason);
        }
        const [owner, repositoryName] = name.split('/');
        const repository = catalogue.find(owner, repositoryName);
        if (owner.toLowerCase() !== project.name.toLowerCase()) return [];
        if (!repository) {
          const reason = catalogue.unread(owner);
          return reason ? notRead(reason) : [];
        }
        return [
          {
            repository: name,
            holders: mapFact(gitPermissions, table =>
              holdersOf(table, `repoV2/${project.id}/${repository.id}`)
                .filter(({ principal }) => principal.kind === 'service')
                .map(({ principal, allowed }) => ({
                  principal,
                  rights: WRITE.filter(each => allowed.has(each)),
                })),
            ),
          },
        ];
      }),
  );
}
