import { AwsError } from '../errors';
import { arn, Service, text } from './operation';

/** AWS CodeDeploy, API version 2014-10-06. */
export const codedeploy: Service = {
  GetDeploymentGroup(input, context) {
    const application = text(input, 'applicationName');
    const name = text(input, 'deploymentGroupName');
    const group = context.regional.deploymentGroups.find(
      item => item.application === application && item.name === name,
    );
    if (!group) {
      throw new AwsError(
        'DeploymentGroupDoesNotExistException',
        `No Deployment Group found for name: ${name}`,
      );
    }
    return {
      deploymentGroupInfo: {
        applicationName: application,
        deploymentGroupName: name,
        serviceRoleArn: group.serviceRoleArn,
      },
    };
  },
};

/** AWS Lambda, API version 2015-03-31. */
export const lambda: Service = {
  GetFunctionConfiguration(input, context) {
    const wanted = text(input, 'FunctionName');
    const found = context.regional.functions.find(
      ({ name }) =>
        wanted === name ||
        wanted === arn(context, 'lambda', `function:${name}`),
    );
    if (!found) {
      throw new AwsError(
        'ResourceNotFoundException',
        `Function not found: ${wanted}`,
        {
          status: 404,
        },
      );
    }
    return {
      FunctionName: found.name,
      FunctionArn: arn(context, 'lambda', `function:${found.name}`),
      Role: found.role,
    };
  },
};

/** AWS Step Functions, API version 2016-11-23. */
export const stepFunctions: Service = {
  DescribeStateMachine(input, context) {
    const wanted = text(input, 'stateMachineArn');
    const found = context.regional.stateMachines.find(
      ({ name }) => wanted === arn(context, 'states', `stateMachine:${name}`),
    );
    if (!found) {
      throw new AwsError(
        'StateMachineDoesNotExist',
        `State Machine Does Not Exist: '${wanted}'`,
      );
    }
    return {
      name: found.name,
      stateMachineArn: wanted,
      roleArn: found.roleArn,
      type: 'STANDARD',
      definition: '{}',
      creationDate: new Date('2025-01-15T09:00:00Z'),
    };
  },
};
