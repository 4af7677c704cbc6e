import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import eventsPlugin from '@backstage/plugin-events-backend';
import { EventParams, eventsServiceRef } from '@backstage/plugin-events-node';
import { createServiceFactory } from '@backstage/backend-plugin-api';
import request from 'supertest';
import module from '.';

const PASSWORD = 'a-password-of-20-chars';
const KEY = 'a-key-that-is-long-enough';
const ingress = {
  azureDevOps: { basic: { username: 'hooks', password: PASSWORD } },
  aws: { header: { name: 'X-Pipeline-Posture-Key', value: KEY } },
};
const AZURE = '/api/events/http/pipeline-posture.azure-devops';
const AWS = '/api/events/http/pipeline-posture.aws';

async function start(config: object = { pipelinePosture: { ingress } }) {
  const published: EventParams[] = [];
  const { server } = await startTestBackend({
    features: [
      eventsPlugin,
      module,
      mockServices.rootConfig.factory({ data: config }),
      createServiceFactory({
        service: eventsServiceRef,
        deps: {},
        factory: () => ({
          publish: async (params: EventParams) => void published.push(params),
          subscribe: async () => {},
        }),
      }),
    ],
  });
  return { server, published };
}

describe('the ingress of events', () => {
  it('publishes deliveries that carry the secret', async () => {
    const { server, published } = await start();
    const azure = await request(server)
      .post(AZURE)
      .auth('hooks', PASSWORD)
      .send({ id: '1' });
    const aws = await request(server)
      .post(AWS)
      .set('x-pipeline-posture-key', KEY)
      .send({ id: '2' });
    expect([azure.status, aws.status]).toEqual([202, 202]);
    expect(
      published.map(({ topic, eventPayload }) => [topic, eventPayload]),
    ).toEqual([
      ['pipeline-posture.azure-devops', { id: '1' }],
      ['pipeline-posture.aws', { id: '2' }],
    ]);
  });

  it.each([
    ['without a secret', {}],
    [
      'with a wrong password',
      {
        authorization: `Basic ${Buffer.from('hooks:wrong').toString('base64')}`,
      },
    ],
    [
      'with a password that begins right',
      {
        authorization: `Basic ${Buffer.from(`hooks:${PASSWORD}x`).toString(
          'base64',
        )}`,
      },
    ],
    ['with the secret of the other source', { 'x-pipeline-posture-key': KEY }],
    ['with an empty header', { authorization: '' }],
  ])('refuses a delivery %s', async (_, headers) => {
    const { server, published } = await start();
    const { status, text } = await request(server)
      .post(AZURE)
      .set(headers)
      .send({ id: '1' });
    expect(status).toBe(401);
    expect(text).not.toContain(PASSWORD);
    expect(published).toEqual([]);
  });

  it.each([
    ['a list', '[1]', 400],
    ['a text', '"x"', 400],
    ['too much', JSON.stringify({ x: 'x'.repeat(1100 * 1024) }), 413],
    ['far too much', JSON.stringify({ x: 'x'.repeat(6 * 1024 * 1024) }), 413],
  ])('refuses %s', async (_, body, status) => {
    const { server, published } = await start();
    const response = await request(server)
      .post(AZURE)
      .auth('hooks', PASSWORD)
      .set('content-type', 'application/json')
      .send(body);
    expect(response.status).toBe(status);
    expect(published).toEqual([]);
  });

  it('publishes nothing of what is no JSON', async () => {
    const { server, published } = await start();
    const response = await request(server)
      .post(AZURE)
      .auth('hooks', PASSWORD)
      .set('content-type', 'application/json')
      .send('{');
    expect(response.status).toBeGreaterThanOrEqual(400);
    expect(published).toEqual([]);
  });

  it('opens nothing that is not configured', async () => {
    const { server } = await start({
      pipelinePosture: { ingress: { aws: ingress.aws } },
    });
    const { status } = await request(server)
      .post(AZURE)
      .auth('hooks', PASSWORD)
      .send({ id: '1' });
    expect(status).toBe(404);
  });

  it.each([
    [{ azureDevOps: {} }, /pipelinePosture\.ingress\.azureDevOps: give either/],
    [
      { azureDevOps: { ...ingress.azureDevOps, ...ingress.aws } },
      /pipelinePosture\.ingress\.azureDevOps: give either/,
    ],
    [
      { azureDevOps: { basic: { username: 'x', password: 'short' } } },
      /pipelinePosture\.ingress\.azureDevOps\.basic\.password: must have at least 16/,
    ],
    [
      { aws: { header: { name: 'a b', value: KEY } } },
      /pipelinePosture\.ingress\.aws\.header\.name/,
    ],
    [{ github: ingress.aws }, /pipelinePosture\.ingress/],
    ['yes', /pipelinePosture\.ingress/],
  ])('does not start with %j', async (wrong, message) => {
    await expect(
      start({ pipelinePosture: { ingress: wrong } }),
    ).rejects.toThrow(message);
  });
});
