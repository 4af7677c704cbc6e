import {
  CodeDeployClient,
  GetDeploymentGroupCommand,
} from '@aws-sdk/client-codedeploy';
import {
  GetFunctionConfigurationCommand,
  LambdaClient,
} from '@aws-sdk/client-lambda';
import { DescribeStateMachineCommand, SFNClient } from '@aws-sdk/client-sfn';
import { Fact, mapFact } from 'backstage-plugin-pipeline-posture-common';
import { AwsConnection } from './AwsConnection';
import { required } from './refusal';

/** Something that a pipeline starts and that runs with a role of its own. */
export type Started =
  | { kind: 'deployment-group'; application: string; name: string }
  | { kind: 'function'; name: string }
  | { kind: 'state-machine'; arn: string };

/** A key for a thing that is started. */
export const startedKey = (started: Started): string =>
  Object.values(started).join('/');

/** Reads the role of something that a pipeline starts: the second hop of its identity. */
export async function readExecutionRole(
  started: Started,
  connection: AwsConnection,
): Promise<Fact<string>> {
  switch (started.kind) {
    case 'deployment-group':
      return connection.call(
        'codedeploy:GetDeploymentGroup',
        `deployment group ${started.name} of ${started.application}`,
        async options => {
          const { deploymentGroupInfo } = await connection
            .client(CodeDeployClient)
            .send(
              new GetDeploymentGroupCommand({
                applicationName: started.application,
                deploymentGroupName: started.name,
              }),
              options,
            );
          return required(deploymentGroupInfo?.serviceRoleArn);
        },
      );
    case 'function':
      return connection.call(
        'lambda:GetFunctionConfiguration',
        `function ${started.name}`,
        async options => {
          const { Role } = await connection.client(LambdaClient).send(
            new GetFunctionConfigurationCommand({
              FunctionName: started.name,
            }),
            options,
          );
          return required(Role);
        },
      );
    default:
      return mapFact(
        await connection.call(
          'states:DescribeStateMachine',
          `state machine ${started.arn.split(':').pop()}`,
          options =>
            connection.client(SFNClient).send(
              new DescribeStateMachineCommand({
                stateMachineArn: started.arn,
              }),
              options,
            ),
        ),
        ({ roleArn = '' }) => roleArn,
      );
  }
}
