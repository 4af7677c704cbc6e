import { ServiceHooks } from './serviceHooks';

const hooks = new ServiceHooks([
  { organisation: 'fabrikam', url: 'https://dev.azure.com/fabrikam' },
  { organisation: 'contoso', url: 'http://localhost:8931/contoso' },
]);
const containers = {
  collection: {
    id: 'c12d0eb8-e382-443b-9f9c-c52cba5014c2',
    baseUrl: 'https://dev.azure.com/fabrikam/',
  },
  account: {
    id: 'f844ec47-a9db-4511-8281-8b63f4eaf94e',
    baseUrl: 'https://dev.azure.com/fabrikam/',
  },
  project: {
    id: 'be9b3917-87e6-42a4-a549-2bc06a7a878f',
    baseUrl: 'https://dev.azure.com/fabrikam/',
  },
};
const event = (eventType: string, resource: object, part = {}) => ({
  subscriptionId: '4f6e6328-0251-4814-a009-c01dfa368e3f',
  notificationId: 1,
  id: '33433986-7f56-4969-bfd4-3e59774c75ad',
  eventType,
  publisherId: 'tfs',
  message: { text: 'x' },
  resource,
  resourceVersion: '2.0',
  resourceContainers: containers,
  createdDate: '2026-11-21T08:00:00Z',
  ...part,
});

describe('deliveries of service hooks', () => {
  it.each([
    [
      'build.complete in its version 2',
      event('build.complete', {
        _links: {
          self: {
            href: 'https://dev.azure.com/fabrikam/16dcfeeb/_apis/build/Builds/2727068',
          },
        },
        id: 2727068,
        definition: { id: 12, name: 'web', path: '\\' },
        project: { id: '16dcfeeb', name: 'Shop' },
      }),
      { scope: 'fabrikam/Shop', id: 'build-12' },
    ],
    [
      'build.complete in its version 1, which names no project',
      event(
        'build.complete',
        {
          uri: 'vstfs:///Build/Build/2',
          id: 2,
          url: 'https://fabrikam.visualstudio.com/DefaultCollection/71777fbc/_apis/build/Builds/2',
          definition: { id: 2, name: 'CI', definitionType: 'xaml' },
        },
        {
          resourceContainers: {
            collection: { id: 'c' },
            account: { id: 'a' },
            project: { id: 'p' },
          },
        },
      ),
      { scopePrefix: 'fabrikam/', id: 'build-2' },
    ],
    [
      'a change of state of a run',
      event('ms.vss-pipelines.run-state-changed-event', {
        run: {
          id: 9,
          state: 'completed',
          pipeline: { id: 7, name: 'p', revision: 3 },
        },
        pipeline: { id: 7, name: 'p', revision: 3 },
      }),
      { scopePrefix: 'fabrikam/', id: 'build-7' },
    ],
    [
      'an approval that is waiting',
      event('ms.vss-pipelinechecks-events.approval-pending', {
        pipeline: { id: 7 },
      }),
      { scopePrefix: 'fabrikam/', id: 'build-7' },
    ],
    [
      'a deployment of a classic release',
      event('ms.vss-release.deployment-completed-event', {
        environment: { id: 5 },
        deployment: { releaseDefinition: { id: 11, name: 'Vault' } },
        project: { id: 'x', name: 'Payments' },
      }),
      { scope: 'fabrikam/Payments', id: 'release-11' },
    ],
    [
      'a classic release that is created',
      event('ms.vss-release.release-created-event', {
        release: {
          id: 1,
          releaseDefinition: { id: 11, name: 'Vault' },
          url: 'https://vsrm.dev.azure.com/fabrikam/x/_apis/release/releases/1',
        },
        project: { id: 'x', name: 'Payments' },
      }),
      { scope: 'fabrikam/Payments', id: 'release-11' },
    ],
  ])('%s concerns its pipeline', (_, payload, pipeline) => {
    expect(hooks.concernOf(payload)).toEqual({
      eventId: '33433986-7f56-4969-bfd4-3e59774c75ad',
      pipelines: [pipeline],
      repositories: [],
      identities: [],
    });
  });

  it('git.push concerns what takes code from the repository', () => {
    const payload = event('git.push', {
      commits: [{ commitId: '33b55f7cb7e7e245323987634f960cf4a6e6bc74' }],
      refUpdates: [
        { name: 'refs/heads/main', oldObjectId: 'aad3', newObjectId: '33b5' },
      ],
      repository: {
        id: '278d5cd2',
        name: 'web',
        url: 'https://dev.azure.com/fabrikam/_apis/git/repositories/278d5cd2',
        project: { id: '6ce9', name: 'Shop' },
        defaultBranch: 'refs/heads/main',
        remoteUrl: 'https://dev.azure.com/fabrikam/Shop/_git/web',
      },
      pushedBy: { displayName: 'x' },
      pushId: 14,
    });
    expect(hooks.concernOf(payload)).toMatchObject({
      pipelines: [],
      repositories: [
        {
          url: 'https://dev.azure.com/fabrikam/Shop/_git/web',
          host: 'azure-repos',
          name: 'Shop/web',
        },
      ],
    });
  });

  it.each([
    ['nothing', undefined],
    ['a text', 'build.complete'],
    ['a list', []],
    ['an empty object', {}],
    ['an event without an id', { eventType: 'build.complete', resource: {} }],
    [
      'an event of another organisation',
      event(
        'build.complete',
        { definition: { id: 1 } },
        {
          resourceContainers: {
            account: { baseUrl: 'https://dev.azure.com/fabrikam-evil/' },
          },
        },
      ),
    ],
    [
      'an event that is not about pipelines',
      event('workitem.updated', { id: 1 }),
    ],
    [
      'a definition whose number is none',
      event('build.complete', { definition: { id: '../1' } }),
    ],
    [
      'an event of one of several organisations that does not say which',
      event(
        'build.complete',
        { definition: { id: 1 } },
        { resourceContainers: {} },
      ),
    ],
  ])('%s concerns nothing', (_, payload) => {
    expect(hooks.concernOf(payload)).toBeUndefined();
  });
});
