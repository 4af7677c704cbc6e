import { z } from 'zod';
import {
  classicStep,
  flag,
  identityRef,
  nothing,
  text,
  variables,
} from './wireBasics';

export const project = z.object({
  id: text,
  name: text,
  visibility: nothing(text),
  state: nothing(text),
});

export const serviceConnection = z.object({
  id: text,
  name: text,
  type: text,
  url: nothing(text),
  isShared: flag,
  isDisabled: flag,
  owner: nothing(text),
  creationDate: nothing(text),
  modificationDate: nothing(text),
  data: nothing(z.record(text, nothing(text))),
  authorization: nothing(
    z.object({
      scheme: nothing(text),
      parameters: nothing(z.record(text, nothing(text))),
    }),
  ),
  serviceEndpointProjectReferences: nothing(
    z.array(
      z.object({
        name: nothing(text),
        projectReference: nothing(
          z.object({ id: nothing(text), name: nothing(text) }),
        ),
      }),
    ),
  ),
});

export const environment = z.object({ id: z.number().int(), name: text });

export const variableGroup = z.object({
  id: z.number().int(),
  name: text,
  type: nothing(text),
  variables,
  providerData: nothing(
    z.looseObject({ serviceEndpointId: nothing(text), vault: nothing(text) }),
  ),
});

export const secureFile = z.object({ id: text, name: text });

export const executionRecord = z.object({
  data: nothing(
    z.object({ startTime: nothing(text), finishTime: nothing(text) }),
  ),
});

export const queue = z.object({
  id: z.number().int(),
  name: text,
  pool: nothing(
    z.object({ id: z.number(), name: nothing(text), isHosted: flag }),
  ),
});

export const pool = z.object({
  id: z.number().int(),
  name: text,
  isHosted: flag,
  autoProvision: flag,
});

export const taskGroup = z.object({
  id: text,
  name: text,
  tasks: nothing(z.array(classicStep)),
});

export const pipelinePermissions = z.object({
  allPipelines: nothing(z.object({ authorized: flag })),
  pipelines: nothing(z.array(z.object({ id: z.number(), authorized: flag }))),
});

export const checkConfiguration = z.object({
  id: z.number(),
  type: z.object({ id: text, name: nothing(text) }),
  resource: z.object({ type: text, id: text }),
  isDisabled: flag,
  issue: nothing(z.object({ type: nothing(text) })),
  settings: nothing(
    z.looseObject({
      approvers: nothing(z.array(identityRef)),
      requesterCannotBeApprover: flag,
      minRequiredApprovers: nothing(z.number()),
      displayName: nothing(text),
      definitionRef: nothing(
        z.object({ id: nothing(text), name: nothing(text) }),
      ),
      inputs: nothing(z.record(text, z.unknown())),
      extendsChecks: nothing(
        z.array(
          z.object({
            repositoryType: nothing(text),
            repositoryName: nothing(text),
            repositoryRef: nothing(text),
            templatePath: nothing(text),
          }),
        ),
      ),
    }),
  ),
});

export type Project = z.output<typeof project>;

export type ServiceConnection = z.output<typeof serviceConnection>;

export type Environment = z.output<typeof environment>;

export type VariableGroup = z.output<typeof variableGroup>;

export type SecureFile = z.output<typeof secureFile>;

export type Queue = z.output<typeof queue>;

export type Pool = z.output<typeof pool>;

export type TaskGroup = z.output<typeof taskGroup>;

export type PipelinePermissions = z.output<typeof pipelinePermissions>;

export type CheckConfiguration = z.output<typeof checkConfiguration>;
