import { known, Stage } from 'backstage-plugin-pipeline-posture-common';
import {
  notRead,
  anApproval,
  aStage,
} from 'backstage-plugin-pipeline-posture-node';
import { ControlRow, resultOf } from '../__testUtils__/resultOf';
import { requiredTemplateOnProductionResources } from './required-template-on-production-resources';

const stage = (part: Partial<Stage>) => ({ stages: known([aStage(part)]) });
const template = anApproval({ id: 'template', kind: 'required-template' });

describe('required-template-on-production-resources', () => {
  it.each<ControlRow>([
    [
      'pass',
      'a check requires a template',
      stage({ gates: known([template]) }),
      'requires a template (environment production)',
    ],
    [
      'fail',
      'only an approval is asked for',
      stage({ gates: known([anApproval()]) }),
      'Nothing that stage Production deploys with requires a template.',
    ],
    [
      'fail',
      'the check is disabled',
      stage({ gates: known([{ ...template, effective: false }]) }),
    ],
    [
      'fail',
      'the connection can be used without the template of the environment',
      stage({
        gates: known([
          {
            ...template,
            canBeSkipped: known(true, {
              source: 'checks',
              observed: 'the service connection prod requires no template',
            }),
          },
        ]),
      }),
      'but the service connection prod requires no template.',
    ],
    [
      'pass',
      'the connection requires one too',
      stage({
        gates: known([
          { ...template, canBeSkipped: known(true) },
          { ...template, id: 'own', on: 'service connection prod' },
        ]),
      }),
      'requires a template (service connection prod)',
    ],
    [
      'unknown',
      'nobody can tell whether the connection requires one',
      stage({ gates: known([{ ...template, canBeSkipped: notRead() }]) }),
    ],
    ['unknown', 'the checks cannot be read', stage({ gates: notRead() })],
    [
      'unknown',
      'nothing says whether the stage is production',
      stage({ tier: notRead(), gates: known([template]) }),
    ],
    [
      'not-applicable',
      'nothing deploys to production',
      stage({ tier: known('non-production') }),
    ],
    [
      'not-applicable',
      'it is a classic release',
      { ...stage({}), kind: 'azure-classic-release' },
    ],
  ])('is %s when %s', (status, _when, given, says = '') => {
    expect(resultOf(requiredTemplateOnProductionResources, given)).toEqual({
      status,
      says: expect.stringContaining(says),
    });
  });
});
