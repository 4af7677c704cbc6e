import {
  defineProviderControl,
  fail,
  pass,
} from 'backstage-plugin-pipeline-posture-node';
import { AzureFacts } from '../normalize/AzureFacts';

/** No script gets the job’s own token. */
export const jobTokenNotExposedToScripts = defineProviderControl<AzureFacts>()({
  id: 'job-token-not-exposed-to-scripts',
  title: 'The job token is not handed to scripts',
  dimension: 'least-privilege',
  severity: 'medium',
  lifecycle: 'active',
  answers: ['SAD-2', 'BP7-5'],
  why:
    'Tasks of the platform use the job token without showing it to anybody. ' +
    'A script that gets it can send it away, and so can every package that the script installs: an attacker then acts as the build.',
  measure:
    'Looks at every step. Fails if it puts the token into a script or its environment, if checkout leaves it on the disk, or if a classic job hands it to all scripts. ' +
    'Passes if no step does. Unknown if the code of the pipeline cannot be read.',
  actor: 'service-owner',
  remediation: {
    'azure-devops': {
      docsUrl:
        'https://learn.microsoft.com/azure/devops/pipelines/process/access-tokens',
      steps: [
        'Remove persistCredentials: true from checkout.',
        'Map $(System.AccessToken) only in the one step that cannot do without it, and use a task in its place where there is one.',
        'In classic pipelines clear "Allow scripts to access the OAuth token" of the job.',
      ],
    },
  },
  needs: [],
  needsOfProvider: ['tokenExposures'],
  evaluate({ provider: { tokenExposures } }, { pipeline }) {
    const expected = 'No script gets the job token.';
    if (tokenExposures.length === 0) {
      return [
        pass({
          subject: `pipeline ${pipeline.name}`,
          observed: 'No step hands the job token to a script.',
          expected,
        }),
      ];
    }
    return tokenExposures.map(({ where, how, location }) =>
      fail({
        subject: where,
        observed: `In ${where} ${how}.`,
        expected,
        evidence: [{ source: 'pipeline code', observed: how, location }],
      }),
    );
  },
});
