import { z } from 'zod';
import { flag, identityRef, nothing, text, variables } from './wireBasics';

export const releaseReference = z.object({
  id: z.number().int(),
  name: text,
  path: nothing(text),
  revision: nothing(z.number()),
  modifiedOn: nothing(text),
  isDisabled: flag,
  isDeleted: flag,
  lastRelease: nothing(z.object({ createdOn: nothing(text) })),
  _links: nothing(
    z.object({ web: nothing(z.object({ href: nothing(text) })) }),
  ),
});

const approvals = nothing(
  z.object({
    approvals: nothing(
      z.array(z.object({ isAutomated: flag, approver: nothing(identityRef) })),
    ),
    approvalOptions: nothing(
      z.object({
        requiredApproverCount: nothing(z.number()),
        releaseCreatorCanBeApprover: flag,
        autoTriggeredAndPreviousEnvironmentApprovedCanBeSkipped: flag,
        enforceIdentityRevalidation: flag,
      }),
    ),
  }),
);

export const release = z.object({
  ...releaseReference.shape,
  variables,
  variableGroups: nothing(z.array(z.number())),
  artifacts: nothing(
    z.array(
      z.object({
        alias: nothing(text),
        type: nothing(text),
        definitionReference: nothing(
          z.record(
            text,
            nothing(z.object({ id: nothing(text), name: nothing(text) })),
          ),
        ),
      }),
    ),
  ),
  triggers: nothing(
    z.array(
      z.object({
        triggerType: nothing(text),
        artifactAlias: nothing(text),
        triggerConditions: nothing(
          z.array(z.object({ sourceBranch: nothing(text) })),
        ),
      }),
    ),
  ),
  environments: nothing(
    z.array(
      z.object({
        id: z.number(),
        name: text,
        rank: nothing(z.number()),
        variables,
        variableGroups: nothing(z.array(z.number())),
        preDeployApprovals: approvals,
        preDeploymentGates: nothing(
          z.object({ gatesOptions: nothing(z.object({ isEnabled: flag })) }),
        ),
        conditions: nothing(
          z.array(
            z.object({
              name: nothing(text),
              conditionType: nothing(z.union([text, z.number()])),
              value: nothing(text),
            }),
          ),
        ),
        deployPhases: nothing(
          z.array(
            z.object({
              name: nothing(text),
              rank: nothing(z.number()),
              deploymentInput: nothing(
                z.object({
                  queueId: nothing(z.number()),
                  enableAccessToken: flag,
                  condition: nothing(text),
                }),
              ),
              workflowTasks: nothing(
                z.array(
                  z.object({
                    taskId: text,
                    name: nothing(text),
                    enabled: flag,
                    continueOnError: flag,
                    condition: nothing(text),
                    definitionType: nothing(text),
                    inputs: nothing(z.record(text, nothing(text))),
                    environment: nothing(z.record(text, nothing(text))),
                  }),
                ),
              ),
            }),
          ),
        ),
      }),
    ),
  ),
});

export type ReleaseReference = z.output<typeof releaseReference>;

export type Release = z.output<typeof release>;
