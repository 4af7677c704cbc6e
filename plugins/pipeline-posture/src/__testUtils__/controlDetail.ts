import { ControlDetail } from 'backstage-plugin-pipeline-posture-common';
import { aControl } from './postures';

/** A control with what is known of 312 pipelines. */
export const aControlDetail = (
  over: Partial<ControlDetail> = {},
): ControlDetail => ({
  control: aControl(),
  permissions: [
    {
      provider: 'aws-codepipeline',
      permission: 'iam:GetAccountAuthorizationDetails',
      without: 'What roles may do.',
    },
  ],
  frameworks: [
    {
      framework: 'owasp-cicd',
      title: 'OWASP Top 10 CI/CD Security Risks',
      url: 'https://owasp.org/www-project-top-10-ci-cd-security-risks/',
      entries: ['CICD-SEC-5'],
    },
  ],
  counts: {
    pipelines: 312,
    pass: 250,
    fail: 48,
    unknown: 3,
    notApplicable: 10,
    exempt: 1,
  },
  wrongResults: 2,
  changes: [],
  ...over,
});
