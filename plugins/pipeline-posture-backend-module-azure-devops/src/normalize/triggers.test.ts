import { known, Trigger } from 'backstage-plugin-pipeline-posture-common';
import { definition, generalSettings } from '../client/wire';
import { CodeReading, TriggerReading } from '../reading/types';
import { triggersOf } from './triggers';

const NONE = { declared: false, off: false, include: [], exclude: [] };
const code = (part: Partial<TriggerReading> = {}) =>
  known({
    triggers: { ci: NONE, pr: NONE, schedules: 0, upstream: 0, ...part },
  } as unknown as CodeReading);

const LIMITED = {
  forkProtectionEnabled: true,
  buildsEnabledForForks: true,
  enforceNoAccessToSecretsFromForks: true,
  enforceJobAuthScopeForForks: true,
  isCommentRequiredForPullRequest: true,
};
const OPEN = { forkProtectionEnabled: false };

function pulls(trigger: object, settings: object): Trigger[] {
  const github = definition.parse({
    id: 1,
    name: 'x',
    revision: 1,
    process: { yamlFilename: 'a.yml' },
    repository: { type: 'GitHub', name: 'o/r' },
    triggers: [{ triggerType: 'pullRequest', ...trigger }],
  });
  const fact = triggersOf(
    github,
    code(),
    known(generalSettings.parse(settings)),
  );
  return fact.known
    ? fact.value.filter(({ kind }) => kind === 'pull-request')
    : [];
}
const everything = {
  forks: { enabled: true, allowSecrets: true, allowFullAccessToken: true },
};

describe('what builds of forks get', () => {
  it('is everything that the pipeline says, where the project sets no limit', () => {
    expect(pulls(everything, OPEN)[0].untrusted).toMatchObject({
      value: {
        possible: true,
        getsSecrets: true,
        getsFullToken: true,
        needsComment: false,
      },
    });
  });

  it('is limited by the project', () => {
    expect(pulls(everything, LIMITED)[0].untrusted).toMatchObject({
      value: {
        possible: true,
        getsSecrets: false,
        getsFullToken: false,
        needsComment: true,
      },
    });
  });

  it('is nothing where the project does not build forks', () => {
    expect(
      pulls(everything, { ...LIMITED, buildsEnabledForForks: false })[0]
        .untrusted,
    ).toMatchObject({ value: { possible: false } });
  });

  it('goes by the limits that the trigger itself reports before those of the project', () => {
    expect(
      pulls({ ...everything, pipelineTriggerSettings: LIMITED }, OPEN)[0]
        .untrusted,
    ).toMatchObject({ value: { getsSecrets: false } });
  });

  it('needs a comment by the newer settings as well', () => {
    const forks = { enabled: true, allowSecrets: false };
    expect(
      pulls({ forks, forkCommentOption: 'all' }, OPEN)[0].untrusted,
    ).toMatchObject({ value: { needsComment: true } });
    expect(
      pulls({ forks, forkCommentOption: 'none' }, OPEN)[0].untrusted,
    ).toMatchObject({ value: { needsComment: false } });
  });

  it('is not looked at first where those who contributed once need no comment', () => {
    const forks = { enabled: true, allowSecrets: false };
    const spared = {
      isCommentRequiredForPullRequest: true,
      requireCommentsForNonTeamMemberAndNonContributors: true,
    };
    for (const [trigger, settings] of [
      [{ forkCommentOption: 'nonTeamMembersNonContributor' }, OPEN],
      [spared, OPEN],
      [{}, { ...LIMITED, ...spared }],
    ]) {
      expect(pulls({ forks, ...trigger }, settings)[0].untrusted).toMatchObject(
        { value: { needsComment: false } },
      );
    }
    expect(
      pulls({ forks, forkCommentOption: 'nonTeamMembers' }, OPEN)[0].untrusted,
    ).toMatchObject({ value: { needsComment: true } });
  });

  it('is not known where the definition says nothing of forks', () => {
    expect(pulls({}, OPEN)[0].untrusted.known).toBe(false);
  });
});

describe('a pipeline on GitHub whose definition says nothing of pull requests', () => {
  const github = definition.parse({
    id: 1,
    name: 'x',
    revision: 1,
    process: { yamlFilename: 'a.yml' },
    repository: { type: 'GitHub', name: 'o/r' },
  });
  const pullsBy = (reading: ReturnType<typeof code>) => {
    const fact = triggersOf(
      github,
      reading,
      known(generalSettings.parse(OPEN)),
    );
    return fact.known
      ? fact.value.filter(({ kind }) => kind === 'pull-request')
      : [];
  };

  it('builds them all the same, and nobody knows what forks get', () => {
    expect(pullsBy(code())).toMatchObject([{ untrusted: { known: false } }]);
  });

  it('builds them as well when only what pushes do is overridden in its settings', () => {
    const overridden = {
      ...github,
      triggers: [
        { triggerType: 'continuousIntegration', settingsSourceType: 1 },
      ],
    };
    const fact = triggersOf(
      definition.parse(overridden),
      code(),
      known(generalSettings.parse(OPEN)),
    );
    expect(fact).toMatchObject({
      value: [{ kind: 'push' }, { kind: 'pull-request' }],
    });
  });

  it('builds them when its settings override what its code says', () => {
    const off = code({ pr: { ...NONE, declared: true, off: true } });
    const kindsBy = (settingsSourceType: number) => {
      const triggers = [
        { triggerType: 'pullRequest', settingsSourceType, ...everything },
      ];
      const fact = triggersOf(
        definition.parse({ ...github, triggers }),
        off,
        known(generalSettings.parse(OPEN)),
      );
      return fact.known ? fact.value.map(({ kind }) => kind) : undefined;
    };
    expect(kindsBy(1)).toContain('pull-request');
    expect(kindsBy(2)).not.toContain('pull-request');
  });

  it('builds none if its code says so', () => {
    expect(
      pullsBy(code({ pr: { ...NONE, declared: true, off: true } })),
    ).toEqual([]);
  });
});

describe('what starts a YAML pipeline in Azure Repos', () => {
  const own = definition.parse({
    id: 1,
    name: 'x',
    revision: 1,
    process: { yamlFilename: 'a.yml' },
    repository: { type: 'TfsGit', name: 'r' },
    triggers: [{ triggerType: 'continuousIntegration', settingsSourceType: 2 }],
  });
  const kinds = (reading: ReturnType<typeof code>, settings: object = {}) => {
    const fact = triggersOf(
      own,
      reading,
      known(generalSettings.parse(settings)),
    );
    return fact.known
      ? fact.value.map(({ kind, branches }) => [kind, branches])
      : undefined;
  };

  it('is every push when the code says nothing', () => {
    expect(kinds(code())).toEqual([['push', []]]);
  });

  it('is nothing when the project switched that off', () => {
    expect(kinds(code(), { disableImpliedYAMLCiTrigger: true })).toEqual([]);
  });

  it('is what the code names', () => {
    expect(
      kinds(code({ ci: { ...NONE, declared: true, include: ['main'] } })),
    ).toEqual([['push', ['main']]]);
    expect(
      kinds(code({ ci: { ...NONE, declared: true, off: true }, schedules: 1 })),
    ).toEqual([['schedule', []]]);
  });
});
