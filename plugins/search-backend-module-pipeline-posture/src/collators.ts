import { AuthService } from '@backstage/backend-plugin-api';
import { catalogEntityReadPermission } from '@backstage/plugin-catalog-common/alpha';
import { DocumentCollatorFactory } from '@backstage/plugin-search-common';
import { PipelinePostureApi } from 'backstage-plugin-pipeline-posture-common';
import { Readable } from 'node:stream';
import {
  ControlDocument,
  controlDocument,
  PipelineDocument,
  pipelineDocuments,
} from './documents';

/** Type of the documents of pipelines. */
export const PIPELINE_TYPE = 'pipeline-posture-pipeline';
/** Type of the documents of controls. */
export const CONTROL_TYPE = 'pipeline-posture-control';

const PAGE_SIZE = 100;

/** Where documents come from. */
export interface CollatorOptions {
  api: Pick<PipelinePostureApi, 'listPipelines' | 'listControls'>;
  auth: AuthService;
}

async function tokenOf(auth: AuthService): Promise<string> {
  const { token } = await auth.getPluginRequestToken({
    onBehalfOf: await auth.getOwnServiceCredentials(),
    targetPluginId: 'pipeline-posture',
  });
  return token;
}

async function* pipelines(
  options: CollatorOptions,
): AsyncGenerator<PipelineDocument> {
  const { api, auth } = options;
  let cursor: string | undefined;
  do {
    const page = await api.listPipelines(
      { sort: 'name', order: 'asc', size: PAGE_SIZE, cursor },
      { token: await tokenOf(auth) },
    );
    for (const pipeline of page.items) yield* pipelineDocuments(pipeline);
    cursor = page.nextCursor;
  } while (cursor);
}

async function* controls(
  options: CollatorOptions,
): AsyncGenerator<ControlDocument> {
  const { api, auth } = options;
  const token = await tokenOf(auth);
  for (const control of await api.listControls({ token }))
    yield controlDocument(control);
}

/** Collects pipelines. They are found by those who may read the entity that they belong to. */
export const pipelineCollator = (
  options: CollatorOptions,
): DocumentCollatorFactory => ({
  type: PIPELINE_TYPE,
  visibilityPermission: catalogEntityReadPermission,
  getCollator: async () => Readable.from(pipelines(options)),
});

/** Collects controls. They are found by everybody who is signed in. */
export const controlCollator = (
  options: CollatorOptions,
): DocumentCollatorFactory => ({
  type: CONTROL_TYPE,
  getCollator: async () => Readable.from(controls(options)),
});
