import {
  AuditorService,
  BackstageCredentials,
} from '@backstage/backend-plugin-api';
import { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import { InputError } from '@backstage/errors';
import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { Callers } from '../api/Callers';
import { EntityPostureService } from '../api/EntityPostureService';
import { PipelineQueries } from '../api/PipelineQueries';

/** What the actions are made of. */
export interface ActionOptions {
  registry: ActionsRegistryService;
  auditor: AuditorService;
  callers: Callers;
  postures: EntityPostureService;
  queries: PipelineQueries;
}

const refOf = (text: string) => {
  try {
    return stringifyEntityRef(
      parseEntityRef(text, {
        defaultKind: 'component',
        defaultNamespace: 'default',
      }),
    );
  } catch {
    throw new InputError(
      `'${text}' is no entity reference; write it as component:default/payments-api`,
    );
  }
};

/** What assistants can ask, each with the rights of the person they act for. */
export function registerActions({
  registry,
  auditor,
  callers,
  postures,
  queries,
}: ActionOptions): void {
  const audited = async <T>(
    name: string,
    meta: Record<string, string>,
    act: () => Promise<T>,
  ): Promise<T> => {
    const event = await auditor.createEvent({
      eventId: 'action',
      severityLevel: 'low',
      meta: { name, ...meta },
    });
    try {
      const result = await act();
      await event.success();
      return result;
    } catch (error) {
      await event.fail({ error: error as Error });
      throw error;
    }
  };
  const posture = async (ref: string, credentials: BackstageCredentials) => {
    const entity = await callers.access.entity(ref, credentials);
    return postures.ofEntity(
      entity,
      await callers.viewer(credentials),
      await callers.abilities(credentials),
    );
  };

  registry.register({
    name: 'get-entity-pipeline-posture',
    title: 'Pipeline posture of an entity',
    description:
      'How secure the pipelines of a catalog entity are: score, grade, compliance, what to fix first, and every pipeline with its numbers.',
    attributes: { readOnly: true, idempotent: true, destructive: false },
    schema: {
      input: z =>
        z.object({
          entityRef: z
            .string()
            .describe(
              'Entity reference, such as component:default/payments-api',
            ),
        }),
      output: z => z.object({ posture: z.record(z.string(), z.unknown()) }),
    },
    action: async ({ input, credentials }) => {
      const ref = refOf(input.entityRef);
      return audited(
        'get-entity-pipeline-posture',
        { entity: ref },
        async () => {
          const { state, summary, pipelines, unmatched } = await posture(
            ref,
            credentials,
          );
          return {
            output: {
              posture: { entityRef: ref, state, summary, pipelines, unmatched },
            },
          };
        },
      );
    },
  });

  registry.register({
    name: 'list-entity-pipeline-findings',
    title: 'Pipeline findings of an entity',
    description:
      'What fails or cannot be checked in the pipelines of a catalog entity, worst first, with who must act.',
    attributes: { readOnly: true, idempotent: true, destructive: false },
    schema: {
      input: z =>
        z.object({ entityRef: z.string().describe('Entity reference') }),
      output: z =>
        z.object({ findings: z.array(z.record(z.string(), z.unknown())) }),
    },
    action: async ({ input, credentials }) => {
      const ref = refOf(input.entityRef);
      return audited(
        'list-entity-pipeline-findings',
        { entity: ref },
        async () => {
          const { findings } = await posture(ref, credentials);
          return {
            output: {
              findings: findings.map(({ instances, ...finding }) => ({
                ...finding,
                observed: instances.map(i => i.observed),
                expected: instances[0]?.expected,
              })),
            },
          };
        },
      );
    },
  });

  registry.register({
    name: 'explain-pipeline-control',
    title: 'Why a control matters and how to meet it',
    description:
      'Why a control of pipeline security matters, how it is measured, and the steps that fix it on each platform.',
    attributes: { readOnly: true, idempotent: true, destructive: false },
    schema: {
      input: z =>
        z.object({
          controlId: z
            .string()
            .describe('Id of the control, such as production-needs-approval'),
        }),
      output: z => z.object({ control: z.record(z.string(), z.unknown()) }),
    },
    action: async ({ input }) => {
      const control = postures
        .controls()
        .find(({ id }) => id === input.controlId);
      if (!control)
        throw new InputError(`There is no control '${input.controlId}'`);
      return { output: { control: { ...control } } };
    },
  });

  registry.register({
    name: 'list-weakest-pipelines',
    title: 'Weakest pipelines of an owner',
    description:
      'The pipelines with the lowest scores that belong to entities of an owner; of everybody, without an owner.',
    attributes: { readOnly: true, idempotent: true, destructive: false },
    schema: {
      input: z =>
        z.object({
          owner: z
            .string()
            .optional()
            .describe(
              'Entity reference of the owner, such as group:default/payments',
            ),
          limit: z.number().int().min(1).max(50).optional(),
        }),
      output: z =>
        z.object({
          pipelines: z.array(z.record(z.string(), z.unknown())),
          total: z.number(),
        }),
    },
    action: async ({ input, credentials }) =>
      audited(
        'list-weakest-pipelines',
        { owner: input.owner ?? '' },
        async () => {
          const viewer = await callers.viewer(credentials);
          const page = await queries.list(
            {
              sort: 'score',
              order: 'asc',
              size: input.limit ?? 10,
              ...(input.owner && { owner: [input.owner] }),
            },
            viewer,
          );
          return {
            output: {
              pipelines: page.items.map(item => ({ ...item })),
              total: page.total,
            },
          };
        },
      ),
  });
}
