import {
  cannotTell,
  defineProviderControl,
  fail,
  pass,
} from 'backstage-plugin-pipeline-posture-node';
import { AzureFacts } from '../normalize/AzureFacts';
import { NOT_OFFERED } from './settings';

const EXPECTED = 'Arguments of shell tasks are validated.';

/** Shell tasks refuse arguments that would start a second command. */
export const shellArgumentsAreValidated = defineProviderControl<AzureFacts>()({
  id: 'shell-arguments-are-validated',
  title: 'Arguments of shell tasks are validated',
  dimension: 'input-validation',
  severity: 'medium',
  lifecycle: 'active',
  answers: ['BP7-7', 'AZS-8'],
  why:
    'Tasks pass arguments to a shell, which takes some characters for commands. ' +
    'An attacker who may set one variable puts a command behind it, and the task runs that with the identity of the job.',
  measure:
    'Looks at the setting of the project. Passes if the arguments of shell tasks are validated. Fails if they are not, or only watched. ' +
    'Unknown if the server does not offer the setting, or it cannot be read.',
  actor: 'platform-team',
  remediation: {
    'azure-devops': {
      docsUrl:
        'https://learn.microsoft.com/azure/devops/pipelines/security/inputs',
      steps: [
        'Open Project settings > Pipelines > Settings.',
        'Turn on "Enable shell tasks arguments validation".',
      ],
      cli: `az rest --method patch --resource 499b84ac-1321-427f-aa17-267ca6975798 \\
  --url "https://dev.azure.com/<organisation>/<project>/_apis/build/generalsettings?api-version=7.1" \\
  --body '{"enableShellTasksArgsSanitizing":true}'`,
    },
  },
  needs: [],
  needsOfProvider: ['settings'],
  evaluate({ provider: { settings } }, { pipeline }) {
    const on = settings.enableShellTasksArgsSanitizing;
    if (on === undefined)
      return [cannotTell(`project of ${pipeline.name}`, EXPECTED, NOT_OFFERED)];
    const observation = {
      subject: `project of ${pipeline.name}`,
      observed: on
        ? 'Arguments of shell tasks are validated.'
        : 'Arguments of shell tasks are not validated.',
      expected: EXPECTED,
      evidence: [{ source: 'GET {project}/_apis/build/generalsettings' }],
    };
    return [on ? pass(observation) : fail(observation)];
  },
});
