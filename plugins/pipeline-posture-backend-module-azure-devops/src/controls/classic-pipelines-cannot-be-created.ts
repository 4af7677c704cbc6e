import {
  cannotTell,
  defineProviderControl,
  fail,
  pass,
} from 'backstage-plugin-pipeline-posture-node';
import { AzureFacts } from '../normalize/AzureFacts';
import { GeneralSettings } from '../client/wire';
import { NOT_OFFERED } from './settings';

const EXPECTED =
  'Neither classic build nor classic release pipelines can be created.';

/** Undefined if the server knows none of the settings. */
function creationDisabled(settings: GeneralSettings): boolean | undefined {
  const {
    disableClassicPipelineCreation: all,
    disableClassicBuildPipelineCreation: builds,
    disableClassicReleasePipelineCreation: releases,
  } = settings;
  if (all === undefined && builds === undefined && releases === undefined)
    return undefined;
  return all === true || (builds === true && releases === true);
}

/** Nobody can make a pipeline that is not code. */
export const classicPipelinesCannotBeCreated =
  defineProviderControl<AzureFacts>()({
    id: 'classic-pipelines-cannot-be-created',
    title: 'Classic pipelines cannot be created any more',
    dimension: 'tamper-resistance',
    severity: 'medium',
    lifecycle: 'active',
    answers: ['AZS-1', 'AZS-7'],
    why:
      'A classic pipeline is made by clicking, outside of review, and knows neither templates nor most checks. ' +
      'An attacker with the right to make pipelines clicks one together that uses the same resources.',
    measure:
      'Looks at the settings of the project. Passes if neither classic build nor classic release pipelines can be created. Fails if one of them can. ' +
      'Unknown if the server does not offer the settings, or they cannot be read.',
    actor: 'platform-team',
    remediation: {
      'azure-devops': {
        docsUrl:
          'https://learn.microsoft.com/azure/devops/pipelines/security/approach',
        steps: [
          'Open Organisation settings > Pipelines > Settings, or those of the project.',
          'Turn on "Disable creation of classic build pipelines" and "Disable creation of classic release pipelines".',
        ],
        cli: `az rest --method patch --resource 499b84ac-1321-427f-aa17-267ca6975798 \\
  --url "https://dev.azure.com/<organisation>/<project>/_apis/build/generalsettings?api-version=7.1" \\
  --body '{"disableClassicBuildPipelineCreation":true,"disableClassicReleasePipelineCreation":true}'`,
      },
    },
    needs: [],
    needsOfProvider: ['settings'],
    evaluate({ provider: { settings } }, { pipeline }) {
      const on = creationDisabled(settings);
      if (on === undefined)
        return [
          cannotTell(`project of ${pipeline.name}`, EXPECTED, NOT_OFFERED),
        ];
      const observation = {
        subject: `project of ${pipeline.name}`,
        observed: on
          ? 'Classic pipelines cannot be created.'
          : 'Classic pipelines can still be created.',
        expected: EXPECTED,
        evidence: [{ source: 'GET {project}/_apis/build/generalsettings' }],
      };
      return [on ? pass(observation) : fail(observation)];
    },
  });
