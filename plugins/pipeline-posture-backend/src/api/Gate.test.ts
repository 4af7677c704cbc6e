import {
  FindingView,
  PipelineDetail,
} from 'backstage-plugin-pipeline-posture-common';
import { gateAnswer } from './Gate';

const BAR = ['critical', 'high'] as const;
const finding = (part: Partial<FindingView>) =>
  ({
    controlId: 'no-plaintext-secret',
    title: 'No secret stands in plain text',
    status: 'fail',
    severity: 'critical',
    preview: false,
    exempt: false,
    instances: [{ observed: 'variable X' }],
    ...part,
  } as FindingView);
const detail = (
  compliance: PipelineDetail['pipeline']['compliance'],
  ...findings: FindingView[]
) =>
  ({
    pipeline: { provider: 'azure-devops', compliance },
    findings,
    controls: [],
  } as unknown as PipelineDetail);

describe('the answer of the gate', () => {
  it('is to proceed where the stored result and the findings of now agree', () => {
    expect(
      gateAnswer(
        detail(
          'compliant',
          finding({ status: 'pass' }),
          finding({ exempt: true }),
          finding({ preview: true }),
          finding({ severity: 'medium' }),
        ),
        BAR,
      ),
    ).toMatchObject({ decision: 'proceed', reasons: [] });
  });

  it.each(['fail', 'unknown'] as const)(
    'is to stop where a control is %s now, whatever is stored',
    status => {
      expect(
        gateAnswer(detail('compliant', finding({ status })), BAR),
      ).toMatchObject({
        decision: 'stop',
        reasons: [{ controlId: 'no-plaintext-secret', status }],
      });
    },
  );

  it.each(['unknown', 'non-compliant'] as const)(
    'is to stop where %s is stored',
    compliance => {
      expect(gateAnswer(detail(compliance), BAR)).toMatchObject({
        decision: 'stop',
      });
    },
  );

  it('gives the reasons that count by the bar of the organisation', () => {
    const open = [
      finding({ controlId: 'a', severity: 'critical' }),
      finding({ controlId: 'b', severity: 'medium' }),
    ];
    const reasons = (bar: readonly ('critical' | 'medium' | 'high')[]) =>
      gateAnswer(detail('non-compliant', ...open), bar).reasons.map(
        ({ controlId }) => controlId,
      );
    expect(reasons(['critical', 'medium'])).toEqual(['a', 'b']);
    expect(reasons(['critical'])).toEqual(['a']);
  });
});
