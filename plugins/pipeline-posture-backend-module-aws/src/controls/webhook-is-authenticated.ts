import {
  defineProviderControl,
  fail,
  notApplicable,
  pass,
} from 'backstage-plugin-pipeline-posture-node';
import { AwsFacts } from '../normalize/providerFacts';

const EXPECTED = 'The webhook takes calls of its source host only.';

/** Webhooks of the pipeline authenticate their caller. */
export const webhookIsAuthenticated = defineProviderControl<AwsFacts>()({
  id: 'webhook-is-authenticated',
  title: 'Webhooks of the pipeline authenticate their caller',
  dimension: 'input-validation',
  severity: 'high',
  lifecycle: 'active',
  answers: ['BP7-7'],
  why:
    'A webhook is an address on the internet that starts the pipeline. ' +
    'If it does not check who calls, an attacker who learns the address starts releases when it suits them, or keeps the pipeline so busy that nobody else can. ' +
    'Addresses stand in logs and settings; they are no secret.',
  measure:
    'Looks at the webhooks whose target is this pipeline. Fails if one is unauthenticated, or takes calls from every address. Passes if none is so. ' +
    'Unknown if webhooks cannot be listed. Not applicable if there is none.',
  actor: 'service-owner',
  remediation: {
    'aws-codepipeline': {
      docsUrl:
        'https://docs.aws.amazon.com/codepipeline/latest/userguide/appendix-github-oauth.html',
      steps: [
        'Move the source action to a connection (CodeStarSourceConnection), which needs no webhook.',
        'If the webhook must stay, set its authentication to GITHUB_HMAC with a secret, and filter by branch.',
      ],
      cli: `aws codepipeline list-webhooks
aws codepipeline delete-webhook --name <webhook>`,
      terraform: `resource "aws_codepipeline_webhook" "push" {
  authentication = "GITHUB_HMAC"
  authentication_configuration { secret_token = var.webhook_secret }
  filter {
    json_path    = "$.ref"
    match_equals = "refs/heads/{Branch}"
  }
}`,
      template: {
        language: 'cloudformation',
        code: `# In Properties of AWS::CodePipeline::Webhook.
Authentication: GITHUB_HMAC
AuthenticationConfiguration: { SecretToken: "{{resolve:secretsmanager:<secret>}}" }
Filters: [{ JsonPath: $.ref, MatchEquals: "refs/heads/{Branch}" }]`,
      },
    },
  },
  needs: [],
  needsOfProvider: ['webhooks'],
  evaluate({ provider: { webhooks } }) {
    if (webhooks.length === 0)
      return notApplicable('No webhook starts this pipeline.');
    return webhooks.map(({ name, weakness }) =>
      (weakness ? fail : pass)({
        subject: `webhook ${name}`,
        observed: weakness
          ? `The webhook ${name} is open: ${weakness}.`
          : `The webhook ${name} authenticates its caller.`,
        expected: EXPECTED,
      }),
    );
  },
});
