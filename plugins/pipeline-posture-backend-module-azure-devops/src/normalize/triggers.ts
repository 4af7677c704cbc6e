import {
  chainFact,
  Fact,
  known,
  mapFact,
  Trigger,
  unknown,
  UntrustedRuns,
} from 'backstage-plugin-pipeline-posture-common';
import { BranchRules } from 'backstage-plugin-pipeline-posture-node';
import * as wire from '../client/wire';
import { CodeReading, TriggerReading } from '../reading/types';

type DefinitionTrigger = NonNullable<wire.Definition['triggers']>[number];

const NOTHING: UntrustedRuns = {
  possible: false,
  getsSecrets: false,
  getsFullToken: false,
  needsComment: false,
  description: 'Code from outside does not run in this pipeline.',
};

type CommentSettings = Partial<
  Pick<
    wire.GeneralSettings,
    | 'isCommentRequiredForPullRequest'
    | 'requireCommentsForNonTeamMemberAndNonContributors'
  >
>;

/** Those who contributed once are no members of the team, and their code is looked at by nobody either. */
const asksEveryStranger = (each: CommentSettings) =>
  each.isCommentRequiredForPullRequest === true &&
  each.requireCommentsForNonTeamMemberAndNonContributors !== true;

/** What builds of forks get, with the limits of the project before what the pipeline itself says. */
function untrusted(
  trigger: DefinitionTrigger | undefined,
  settings: wire.GeneralSettings,
): UntrustedRuns {
  const { forks } = trigger ?? {};
  if (!forks?.enabled) return NOTHING;
  const limits = trigger?.pipelineTriggerSettings ?? settings;
  const limited = limits.forkProtectionEnabled === true;
  if (limited && limits.buildsEnabledForForks === false) {
    return {
      ...NOTHING,
      description: 'The project does not build pull requests from forks.',
    };
  }
  const getsSecrets =
    forks.allowSecrets === true &&
    !(limited && limits.enforceNoAccessToSecretsFromForks === true);
  const getsFullToken =
    forks.allowFullAccessToken === true &&
    !(limited && limits.enforceJobAuthScopeForForks === true);
  const option = trigger?.forkCommentOption;
  // The older members say less, and count only where the newer one is missing.
  const asked =
    option === undefined
      ? trigger?.forkIsCommentRequiredForPullRequest === true ||
        asksEveryStranger(trigger ?? {})
      : /^(all|nonTeamMembers)$/i.test(option);
  const needsComment = asked || (limited && asksEveryStranger(limits));
  const gets = [getsSecrets && 'secrets', getsFullToken && 'the full job token']
    .filter(Boolean)
    .join(' and ');
  return {
    possible: true,
    getsSecrets,
    getsFullToken,
    needsComment,
    description: `Pull requests from forks are built${
      gets ? ` with ${gets}` : ' without secrets'
    }${
      needsComment
        ? ', after a comment of a team member'
        : ', without anybody looking first'
    }.`,
  };
}

/** `+refs/heads/main`, `-refs/heads/x` as the definition writes branches. */
const split = (filters: string[] | undefined) => ({
  branches: (filters ?? [])
    .filter(each => !each.startsWith('-'))
    .map(each => each.replace(/^\+/, '')),
  excludedBranches: (filters ?? [])
    .filter(each => each.startsWith('-'))
    .map(each => each.slice(1)),
});

function fromCode(
  { ci }: TriggerReading,
  impliedOff: boolean,
  untrustedRuns: Fact<UntrustedRuns>,
): Trigger[] {
  const starts = ci.declared ? !ci.off : !impliedOff;
  if (!starts) return [];
  return [
    {
      kind: 'push',
      branches: ci.include,
      excludedBranches: ci.exclude,
      untrusted: untrustedRuns,
    },
  ];
}

const NOT_TOLD: Fact<UntrustedRuns> = unknown({
  code: 'unresolved',
  message:
    'The pipeline builds pull requests, but its definition does not tell what forks get.',
  call: 'GET {project}/_apis/build/definitions',
  actor: 'service-owner',
  action: 'Look it up in the trigger settings of the pipeline.',
});

/** A pipeline on GitHub builds pull requests unless its code says otherwise; what forks get stands in its settings. */
const impliedPulls = ({ pr }: TriggerReading): Trigger => ({
  kind: 'pull-request',
  branches: pr.include,
  excludedBranches: pr.exclude,
  untrusted: NOT_TOLD,
});

/** True if the host says that nobody but those with access can propose a change. */
const takesNoForks = (rules: BranchRules | undefined) =>
  rules !== undefined &&
  rules.isPublic.known &&
  !rules.isPublic.value &&
  rules.forkable.known &&
  !rules.forkable.value;

/** What starts a build or YAML pipeline, and what code from outside gets. */
export function triggersOf(
  definition: wire.Definition,
  code: Fact<CodeReading>,
  settings: Fact<wire.GeneralSettings>,
  rules?: BranchRules,
): Fact<Trigger[]> {
  const own = definition.triggers ?? [];
  const yaml = definition.process?.yamlFilename !== undefined;
  const hosted = (definition.repository?.type ?? '').toLowerCase() === 'tfsgit';
  const pull = own.find(({ triggerType }) => triggerType === 'pullRequest');
  const none = known(NOTHING, {
    source: 'GET {project}/_apis/build/definitions',
    field: 'triggers',
  });
  // Pull requests in Azure Repos come from people who have access to the project.
  const closed = hosted || takesNoForks(rules);
  const told =
    pull && !pull.forks
      ? NOT_TOLD
      : mapFact(settings, each => untrusted(pull, each));
  const outside = closed ? none : told;
  const pushes = own.find(
    ({ triggerType }) => triggerType === 'continuousIntegration',
  );
  const inSettings = own
    .filter(
      ({ triggerType, settingsSourceType }) =>
        triggerType === 'continuousIntegration' &&
        (!yaml || settingsSourceType === 1),
    )
    .map(
      (each): Trigger => ({
        kind: 'push',
        ...split(each.branchFilters),
        untrusted: none,
      }),
    );
  const scheduled = own
    .filter(({ triggerType }) => triggerType === 'schedule')
    .map(
      (): Trigger => ({
        kind: 'schedule',
        branches: [],
        excludedBranches: [],
        untrusted: none,
      }),
    );
  const pulls = (off: boolean): Trigger[] =>
    pull && !off
      ? [
          {
            kind: 'pull-request',
            ...split(pull.branchFilters),
            untrusted: outside,
          },
        ]
      : [];
  if (!yaml)
    return known(
      [...inSettings, ...scheduled, ...pulls(false)],
      none.known ? none.evidence : [],
    );
  // What is overridden in the settings holds whatever the code says, each kind for itself.
  const pushesOverridden = pushes?.settingsSourceType === 1;
  const pullsOverridden = pull?.settingsSourceType === 1;
  return chainFact(code, ({ triggers }) => {
    const pullsOff = triggers.pr.off && !pullsOverridden;
    const others: Trigger[] = [
      ...scheduled,
      ...Array.from(
        { length: triggers.schedules },
        (): Trigger => ({
          kind: 'schedule',
          branches: triggers.ci.include,
          excludedBranches: [],
          untrusted: none,
        }),
      ),
      ...Array.from(
        { length: triggers.upstream },
        (): Trigger => ({
          kind: 'upstream',
          branches: [],
          excludedBranches: [],
          untrusted: none,
        }),
      ),
      ...pulls(pullsOff),
      ...(!pull && !hosted && !pullsOff
        ? [
            closed
              ? { ...impliedPulls(triggers), untrusted: none }
              : impliedPulls(triggers),
          ]
        : []),
    ];
    if (pushesOverridden) return known([...inSettings, ...others]);
    return mapFact(settings, each => [
      ...fromCode(triggers, each.disableImpliedYAMLCiTrigger === true, none),
      ...others,
    ]);
  });
}
