import { EventBridge } from './eventBridge';

const bridge = new EventBridge();
const event = (part: object) => ({
  version: '0',
  id: '01234567-EXAMPLE',
  account: '111122223333',
  time: '2026-11-21T08:00:00Z',
  region: 'eu-west-1',
  resources: [],
  ...part,
});
const byCloudTrail = (source: string, detail: object) =>
  event({ source, 'detail-type': 'AWS API Call via CloudTrail', detail });

describe('events of EventBridge', () => {
  it.each([
    [
      'a change of state of a pipeline',
      event({
        'detail-type': 'CodePipeline Pipeline Execution State Change',
        source: 'aws.codepipeline',
        resources: ['arn:aws:codepipeline:eu-west-1:111122223333:orders-api'],
        detail: {
          pipeline: 'orders-api',
          'execution-id': 'x',
          state: 'STARTED',
          version: 3,
        },
      }),
    ],
    [
      'an action that waits for approval',
      event({
        'detail-type': 'CodePipeline Action Execution State Change',
        source: 'aws.codepipeline',
        detail: {
          pipeline: 'orders-api',
          stage: 'Prod',
          action: 'Approve',
          state: 'STARTED',
          type: { category: 'Approval' },
        },
      }),
    ],
    [
      'UpdatePipeline',
      byCloudTrail('aws.codepipeline', {
        eventSource: 'codepipeline.amazonaws.com',
        eventName: 'UpdatePipeline',
        requestParameters: {
          pipeline: {
            name: 'orders-api',
            roleArn: 'arn:aws:iam::111122223333:role/x',
          },
        },
      }),
    ],
    [
      'DisableStageTransition',
      byCloudTrail('aws.codepipeline', {
        eventName: 'DisableStageTransition',
        requestParameters: { pipelineName: 'orders-api', stageName: 'Prod' },
      }),
    ],
    [
      'DeletePipeline',
      byCloudTrail('aws.codepipeline', {
        eventName: 'DeletePipeline',
        requestParameters: { name: 'orders-api' },
      }),
    ],
    [
      'a build that the pipeline started',
      event({
        'detail-type': 'CodeBuild Build State Change',
        source: 'aws.codebuild',
        detail: {
          'project-name': 'orders-build',
          'build-status': 'SUCCEEDED',
          'additional-information': { initiator: 'codepipeline/orders-api' },
        },
      }),
    ],
  ])('%s concerns the pipeline', (_, payload) => {
    expect(bridge.concernOf(payload)).toEqual({
      eventId: '01234567-EXAMPLE',
      pipelines: [{ scope: '111122223333/eu-west-1', id: 'orders-api' }],
      repositories: [],
      identities: [],
    });
  });

  it('a push to CodeCommit concerns what takes code from there', () => {
    const payload = event({
      'detail-type': 'CodeCommit Repository State Change',
      source: 'aws.codecommit',
      resources: ['arn:aws:codecommit:eu-west-1:111122223333:orders'],
      detail: {
        event: 'referenceUpdated',
        repositoryName: 'orders',
        referenceName: 'main',
      },
    });
    expect(bridge.concernOf(payload)?.repositories).toEqual([
      { host: 'codecommit', name: 'orders' },
    ]);
  });

  it('a change of a role concerns what acts as it, in every region', () => {
    const payload = {
      ...byCloudTrail('aws.iam', {
        eventName: 'AttachRolePolicy',
        requestParameters: { roleName: 'deploy', policyArn: 'x' },
      }),
      region: 'us-east-1',
    };
    expect(bridge.concernOf(payload)?.identityPatterns).toEqual([
      { prefix: 'arn:aws:iam::111122223333:role/', suffix: 'deploy' },
    ]);
  });

  it.each([
    ['nothing', undefined],
    ['a text', 'aws.codepipeline'],
    ['an empty object', {}],
    [
      'an event of another service',
      event({ 'detail-type': 'x', source: 'aws.ec2', detail: {} }),
    ],
    [
      'a call that was refused',
      byCloudTrail('aws.iam', {
        errorCode: 'AccessDenied',
        requestParameters: { roleName: 'deploy' },
      }),
    ],
    [
      'a call without parameters',
      byCloudTrail('aws.codepipeline', {
        eventName: 'ListPipelines',
        requestParameters: null,
      }),
    ],
    [
      'a build that nobody knows who started',
      event({
        'detail-type': 'x',
        source: 'aws.codebuild',
        detail: { 'project-name': 'p' },
      }),
    ],
    [
      'an account that is none',
      {
        ...event({
          'detail-type': 'x',
          source: 'aws.codepipeline',
          detail: { pipeline: 'p' },
        }),
        account: '../1',
      },
    ],
  ])('%s concerns nothing', (_, payload) => {
    expect(bridge.concernOf(payload)).toBeUndefined();
  });
});
