import { mockServices } from '@backstage/backend-test-utils';
import {
  ControlMetadata,
  Page,
  PipelineQuery,
  PipelineSummary,
} from 'backstage-plugin-pipeline-posture-common';
import { controlCollator, pipelineCollator } from './collators';

const aPipeline = (name: string, entityRefs: string[]) =>
  ({
    id: `azure-devops~contoso/Payments~${name}`,
    name,
    scope: 'Azure DevOps contoso, project Payments',
    provider: 'azure-devops',
    entityRefs,
    score: 12,
    grade: 'F',
  } as PipelineSummary);

const aControl = {
  id: 'no-plaintext-secret',
  title: 'No secret stands in plain text',
  why: 'Whoever reads it can use it.',
  measure: 'Fails if one is found.',
  severity: 'critical',
  dimension: 'credential-type',
} as ControlMetadata;

function collators(pages: PipelineSummary[][]) {
  const asked: PipelineQuery[] = [];
  const options = {
    auth: mockServices.auth(),
    api: {
      listPipelines: async (
        query: PipelineQuery = {},
      ): Promise<Page<PipelineSummary>> => {
        asked.push(query);
        const at = Number(query.cursor ?? 0);
        return {
          items: pages[at],
          total: pages.flat().length,
          page: at + 1,
          size: 100,
          nextCursor: at + 1 < pages.length ? String(at + 1) : undefined,
        };
      },
      listControls: async () => [aControl],
    },
  };
  return { asked, options };
}

async function documents(factory: ReturnType<typeof pipelineCollator>) {
  const found: object[] = [];
  for await (const one of await factory.getCollator()) found.push(one);
  return found;
}

describe('what search finds of pipelines', () => {
  it('has a document for each entity that a pipeline belongs to, authorized by that entity', async () => {
    const { options } = collators([
      [
        aPipeline('shared-deploy', [
          'component:default/cart',
          'component:default/checkout',
        ]),
      ],
    ]);
    const found = await documents(pipelineCollator(options));
    expect(found).toEqual([
      expect.objectContaining({
        title: 'shared-deploy',
        authorization: { resourceRef: 'component:default/cart' },
        location:
          '/catalog/default/component/cart/pipeline-posture?pipeline=azure-devops%7Econtoso%2FPayments%7Eshared-deploy',
      }),
      expect.objectContaining({
        authorization: { resourceRef: 'component:default/checkout' },
      }),
    ]);
  });

  it('asks the catalog whether the reader may read that entity', () => {
    const { options } = collators([[]]);
    expect(pipelineCollator(options).visibilityPermission?.name).toBe(
      'catalog.entity.read',
    );
  });

  it('finds nothing of pipelines that belong to nobody', async () => {
    const { options } = collators([[aPipeline('forgotten', [])]]);
    expect(await documents(pipelineCollator(options))).toEqual([]);
  });

  it('holds no posture, which takes a permission of its own', async () => {
    const { options } = collators([
      [aPipeline('deploy', ['component:default/cart'])],
    ]);
    const [found] = await documents(pipelineCollator(options));
    expect(Object.keys(found).sort()).toEqual([
      'authorization',
      'entityRef',
      'location',
      'pipelineId',
      'platform',
      'text',
      'title',
    ]);
  });

  it('reads all pages', async () => {
    const refs = ['component:default/cart'];
    const { options, asked } = collators([
      [aPipeline('a', refs)],
      [aPipeline('b', refs)],
      [aPipeline('c', refs)],
    ]);
    expect(await documents(pipelineCollator(options))).toHaveLength(3);
    expect(asked.map(({ cursor }) => cursor)).toEqual([undefined, '1', '2']);
  });

  it('fails where the backend does, so that the last index stays', async () => {
    const { options } = collators([[]]);
    const factory = pipelineCollator({
      ...options,
      api: {
        ...options.api,
        listPipelines: async () => {
          throw new Error('503');
        },
      },
    });
    await expect(documents(factory)).rejects.toThrow('503');
  });
});

describe('what search finds of controls', () => {
  it('leads to the page of the control', async () => {
    const { options } = collators([[]]);
    expect(await documents(controlCollator(options))).toEqual([
      expect.objectContaining({
        title: 'No secret stands in plain text',
        location: '/pipeline-posture/controls/no-plaintext-secret',
        severity: 'critical',
      }),
    ]);
  });
});
