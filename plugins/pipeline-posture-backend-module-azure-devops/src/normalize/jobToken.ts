import {
  chainFact,
  Fact,
  known,
  mapFact,
  Principal,
  unknown,
  UnknownReason,
} from 'backstage-plugin-pipeline-posture-common';
import {
  bareGroupName,
  Holder,
  holdersOf,
  PermissionTable,
} from '../collect/readPermissions';
import { BuildServiceRights, JobToken, TokenExposure } from './AzureFacts';
import { foundIn } from './gaps';
import { mayBeInAzureRepos } from './draftSources';
import { PipelineDraft } from './PipelineDraft';
import { RepositoryCatalogue } from './RepositoryCatalogue';
import { Resources } from './Resources';

const DIFFERS: UnknownReason = {
  code: 'unresolved',
  message:
    'The pipeline and one of its jobs name different scopes for the job token, and which of them holds is not told.',
  actor: 'service-owner',
  action:
    'Set the job authorization scope of the pipeline and of each job to the project.',
};

const notTold = (setting: string): UnknownReason => ({
  code: 'not-supported',
  message: `This Azure DevOps server does not tell the setting ${setting}.`,
  call: 'GET {project}/_apis/build/generalsettings',
  actor: 'platform-team',
  action: 'Look it up in Project settings > Pipelines > Settings.',
});

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
  return chainFact(settings, each => {
    const release = draft.kind === 'azure-classic-release';
    const setting = release
      ? 'enforceJobAuthScopeForReleases'
      : 'enforceJobAuthScope';
    if (each[setting] === true)
      return known({
        projectOnly: true,
        because: `the project setting ${setting} is on`,
      });
    if (
      draft.kind === 'azure-classic-build' &&
      draft.jobScope?.toLowerCase() === 'project'
    ) {
      return known({
        projectOnly: true,
        because: 'the pipeline limits its own token to the project',
      });
    }
    if (draft.kind === 'azure-classic-build' && draft.jobScope === 'differs')
      return unknown(DIFFERS);
    if (each[setting] === undefined) return unknown(notTold(setting));
    return known({
      projectOnly: false,
      because: `the project setting ${setting} is off`,
    });
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

/** Groups that identities of builds are in without anybody's doing. */
const OF_BUILDS = new Set([
  'project collection build service accounts',
  'project collection valid users',
  'security service group',
]);

const isOfBuilds = ({ principal: { kind, name } }: Holder) =>
  kind === 'service' || OF_BUILDS.has(bareGroupName(name));

/** What builds may do to a repository as a whole, or to any of its branches. */
function writersOf(
  table: PermissionTable,
  token: string,
): Array<{ principal: Principal; rights: string[] }> {
  const below = `${token.toLowerCase()}/`;
  const onBranches = [...table].flatMap(([each, holders]) =>
    each.startsWith(below) ? holders : [],
  );
  const writers = new Map<string, { principal: Principal; rights: string[] }>();
  for (const holder of [...holdersOf(table, token), ...onBranches]) {
    if (!isOfBuilds(holder)) continue;
    const { principal, allowed } = holder;
    const key = holder.id ?? principal.name;
    const earlier = writers.get(key)?.rights ?? [];
    const rights = WRITE.filter(
      each => allowed.has(each) || earlier.includes(each),
    );
    writers.set(key, { principal, rights });
  }
  return [...writers.values()];
}

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
          if (reason) return notRead(reason);
          // It is there, since a pipeline is built from it, and hidden from the reader.
          return source.protection.known
            ? []
            : notRead(source.protection.reason);
        }
        const token = `repoV2/${project.id}/${repository.id}`;
        return [
          {
            repository: name,
            holders: mapFact(gitPermissions, table => writersOf(table, token)),
          },
        ];
      }),
  );
}
