import { EventValue } from './eventPattern';

/** Which pipeline an event is about. */
export interface EventSubject {
  name: string;
  arn: string;
  accountId: string;
  region: string;
  /** A stage and an action that exist in it. */
  stage: string;
  action: string;
  project: string;
}

const envelope = (
  subject: EventSubject,
  source: string,
  detailType: string,
  resources: string[],
  detail: { [key: string]: EventValue },
): EventValue => ({
  version: '0',
  id: '00000000-0000-4000-8000-000000000000',
  'detail-type': detailType,
  source,
  account: subject.accountId,
  time: '2026-01-01T00:00:00Z',
  region: subject.region,
  resources,
  detail,
});

const EXECUTION = '01234567-0123-4123-8123-012345678901';

/** A run of the pipeline has failed. */
export const runFailed = (subject: EventSubject) =>
  envelope(
    subject,
    'aws.codepipeline',
    'CodePipeline Pipeline Execution State Change',
    [subject.arn],
    {
      pipeline: subject.name,
      'execution-id': EXECUTION,
      state: 'FAILED',
      version: 1,
      'pipeline-execution-attempt': 1,
    },
  );

/** An action of the pipeline has failed. */
export const actionFailed = (subject: EventSubject) =>
  envelope(
    subject,
    'aws.codepipeline',
    'CodePipeline Action Execution State Change',
    [subject.arn],
    {
      pipeline: subject.name,
      'execution-id': EXECUTION,
      stage: subject.stage,
      action: subject.action,
      state: 'FAILED',
      region: subject.region,
      type: {
        owner: 'AWS',
        category: 'Deploy',
        provider: 'CodeDeploy',
        version: '1',
      },
      version: 1,
    },
  );

/** An approval of the pipeline waits for somebody. */
export const approvalNeeded = (subject: EventSubject) =>
  envelope(
    subject,
    'aws.codepipeline',
    'CodePipeline Action Execution State Change',
    [subject.arn],
    {
      pipeline: subject.name,
      'execution-id': EXECUTION,
      stage: subject.stage,
      action: subject.action,
      state: 'STARTED',
      region: subject.region,
      type: {
        owner: 'AWS',
        category: 'Approval',
        provider: 'Manual',
        version: '1',
      },
      version: 1,
    },
  );

/** Somebody has changed the pipeline. */
export const pipelineChanged = (subject: EventSubject) =>
  envelope(subject, 'aws.codepipeline', 'AWS API Call via CloudTrail', [], {
    eventSource: 'codepipeline.amazonaws.com',
    eventName: 'UpdatePipeline',
    awsRegion: subject.region,
    requestParameters: { pipeline: { name: subject.name, version: 1 } },
  });

/** A build of the pipeline has changed its state. */
export const buildFinished = (subject: EventSubject) =>
  envelope(
    subject,
    'aws.codebuild',
    'CodeBuild Build State Change',
    [
      `arn:aws:codebuild:${subject.region}:${subject.accountId}:build/${subject.project}:1`,
    ],
    {
      'build-status': 'FAILED',
      'project-name': subject.project,
      'current-phase': 'COMPLETED',
      version: '1',
    },
  );
