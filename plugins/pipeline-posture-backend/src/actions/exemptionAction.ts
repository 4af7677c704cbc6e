import { AuthService } from '@backstage/backend-plugin-api';
import { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import { NotAllowedError } from '@backstage/errors';
import { pipelinePostureExemptionCreatePermission } from 'backstage-plugin-pipeline-posture-common';
import { exemptionBody, parse } from '../api/requests';
import { ExemptionRequests } from '../exemptions/ExemptionRequests';

/** Lets an assistant ask for an exemption in the name of a person. Somebody else still has to approve it. */
export function registerExemptionAction(options: {
  registry: ActionsRegistryService;
  auth: AuthService;
  requests: ExemptionRequests;
}): void {
  const { registry, auth, requests } = options;
  registry.register({
    name: 'request-pipeline-exemption',
    title: 'Request an exemption for a pipeline finding',
    description:
      'Asks that a failing control is tolerated for a time, for one pipeline or all pipelines of an entity. It only takes effect after somebody else has approved it.',
    attributes: { readOnly: false, idempotent: false, destructive: false },
    visibilityPermission: pipelinePostureExemptionCreatePermission,
    schema: {
      input: z =>
        z.object({
          controlId: z.string().describe('Id of the failing control'),
          pipelineId: z
            .string()
            .optional()
            .describe('Id of the pipeline, or give entityRef'),
          entityRef: z
            .string()
            .optional()
            .describe('Entity reference, for all of its pipelines'),
          type: z.enum(['risk-accepted', 'mitigated', 'wrong-result']),
          reason: z.string().describe('Why, at least 20 characters'),
          mitigation: z
            .string()
            .optional()
            .describe('What protects meanwhile; needed for mitigated'),
          until: z
            .string()
            .optional()
            .describe('Last day, as 2027-01-31; at most 365 days ahead'),
        }),
      output: z =>
        z.object({ id: z.string(), state: z.string(), until: z.string() }),
    },
    action: async ({ input, credentials }) => {
      if (!auth.isPrincipal(credentials, 'user'))
        throw new NotAllowedError('Only people can ask for an exemption');
      const { id, state, until } = await requests.request(
        parse(exemptionBody, input),
        credentials,
        { action: 'request-pipeline-exemption' },
      );
      return { output: { id, state, until } };
    },
  });
}
