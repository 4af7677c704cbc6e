import { Fact } from 'backstage-plugin-pipeline-posture-common';
import {
  defineProviderControl,
  judge,
  notApplicable,
} from 'backstage-plugin-pipeline-posture-node';
import { AwsFacts } from '../normalize/providerFacts';

const EXPECTED =
  'Only the organisation can read the source, and propose changes to it.';

/** What is told of forks, which take the code out of reach of the branch rules. */
function forksOf(forkable: Fact<boolean>): string {
  if (!forkable.known) return '';
  return forkable.value
    ? ' Those who can read it may fork it.'
    : ' It cannot be forked.';
}

/** The source repository is private. */
export const sourceRepositoryIsPrivate = defineProviderControl<AwsFacts>()({
  id: 'source-repository-is-private',
  title: 'The source repository is private',
  dimension: 'branch-protection',
  severity: 'medium',
  lifecycle: 'active',
  answers: ['AZS-4', 'AZS-1'],
  why:
    'Everybody can read a public repository, and everybody can propose changes to it. ' +
    'An attacker studies its build for weak spots at leisure, and sends a pull request that a trigger or a tired reviewer lets through. ' +
    'For code that deploys into a company’s own accounts that is seldom intended.',
  measure:
    'Passes if the host of the source says that the repository is private or internal; CodeCommit repositories always are. Fails if it is public. ' +
    'Whether readers of a private one may fork it is shown, and does not fail by itself. ' +
    'Unknown if the host is not connected or does not answer. Not applicable if the pipeline takes no source from a repository.',
  actor: 'service-owner',
  remediation: {
    'aws-codepipeline': {
      docsUrl:
        'https://docs.github.com/repositories/managing-your-repositorys-settings-and-features/managing-repository-settings/setting-repository-visibility',
      steps: [
        'Open the settings of the repository on its host.',
        'Change the visibility to private or internal.',
        'If it must stay public, take the pipeline’s definition and deployment scripts into a private one.',
      ],
      cli: 'gh repo edit <owner>/<repository> --visibility private --accept-visibility-change-consequences',
      terraform: `resource "github_repository" "<repository>" {
  name       = "<repository>"
  visibility = "private"
}`,
    },
  },
  needs: [],
  needsOfProvider: ['visibility'],
  evaluate({ provider: { visibility } }) {
    if (visibility.length === 0) {
      return notApplicable('This pipeline takes no source from a repository.');
    }
    return visibility.flatMap(({ name, isPublic, forkable }) =>
      judge(isPublic, `repository ${name}`, EXPECTED, open => ({
        ok: !open,
        observed: open
          ? `The repository ${name} is public, and everybody can fork it.`
          : `The repository ${name} is not public.${forksOf(forkable)}`,
      })),
    );
  },
});
