import {
  defineProviderControl,
  judge,
  notApplicable,
  pass,
} from 'backstage-plugin-pipeline-posture-node';
import { AzureFacts } from '../normalize/AzureFacts';

const EXPECTED =
  'Only the stages or jobs that need the secrets link the group.';

/** Variable groups with secrets are linked in the stages that need them, not for the whole pipeline. */
export const secretGroupsAreLinkedWhereUsed =
  defineProviderControl<AzureFacts>()({
    id: 'secret-groups-are-linked-where-used',
    title: 'Secrets are handed to the stages that need them, not to all',
    dimension: 'identity-separation',
    severity: 'medium',
    lifecycle: 'active',
    answers: ['GOV-6', 'BP7-5'],
    why:
      'A variable group that is linked at the root of a pipeline gives its secrets to every job, also to the one that builds and runs the code of hundreds of packages. ' +
      'An attacker in any of them prints the secrets of production long before production is reached.',
    measure:
      'Looks at the variable groups with secrets that a pipeline of several stages links for all of them: at the root of its file, in its settings, or for a whole release. ' +
      'Fails if there is one. Passes if groups with secrets are linked in stages or jobs only. ' +
      'Unknown if a group that is linked for all cannot be read. Not applicable if the pipeline has one stage only, or links no group with secrets.',
    actor: 'service-owner',
    remediation: {
      'azure-devops': {
        docsUrl:
          'https://learn.microsoft.com/azure/devops/pipelines/process/set-secret-variables',
        steps: [
          'In the file of the pipeline, take "- group: <name>" out of the variables at the root.',
          'Put it into the variables of the stage, or of the job, that uses the secrets.',
          'If the group is linked in the settings of the pipeline (Edit > Variables > Variable groups) or of the release, unlink it there and link it to the stage.',
          'Under Pipelines > Library > the group > Pipeline permissions, keep only the pipelines that need it, and add an approval check.',
        ],
      },
    },
    needs: [],
    needsOfProvider: ['groupsForAll', 'secretGroups'],
    evaluate({ provider: { groupsForAll, secretGroups } }) {
      const { stages, groups } = groupsForAll;
      if (stages < 2) {
        return notApplicable(
          'This pipeline has one stage only: what it links is for that stage.',
        );
      }
      if (secretGroups.length === 0 && groups.length === 0) {
        return notApplicable(
          'This pipeline links no variable group with secrets.',
        );
      }
      const atRoot = new Set(groups.map(({ name }) => name));
      return [
        ...groups.flatMap(({ name, hasSecrets, url }) =>
          judge(hasSecrets, `variable group ${name}`, EXPECTED, secrets =>
            secrets
              ? {
                  ok: false,
                  observed: `Every one of the ${stages} stages gets the secrets of the variable group ${name}.`,
                  url,
                }
              : undefined,
          ),
        ),
        ...secretGroups
          .filter(({ name }) => !atRoot.has(name))
          .map(({ name }) =>
            pass({
              subject: `variable group ${name}`,
              observed: `The variable group ${name} is linked only in stages or jobs.`,
              expected: EXPECTED,
            }),
          ),
      ];
    },
  });
