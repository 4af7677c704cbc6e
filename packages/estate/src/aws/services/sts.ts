import { trustAdmits } from '../auth/trust';
import { AwsError, invalid } from '../errors';
import { OperationContext, optionalText, Service, text } from './operation';

const ROLE_ARN = /^arn:([^:]+):iam::(\d{12}):role(\/(?:[^/]+\/)*)([^/]+)$/;

function refused(roleArn: string, context: OperationContext): AwsError {
  return new AwsError(
    'AccessDenied',
    `User: ${context.caller.arn} is not authorized to perform: sts:AssumeRole on resource: ${roleArn}`,
    { status: 403 },
  );
}

/** AWS Security Token Service, API version 2011-06-15. */
export const sts: Service = {
  GetCallerIdentity(_input, { caller }) {
    return {
      UserId: caller.userId,
      Account: caller.account.id,
      Arn: caller.arn,
    };
  },

  AssumeRole(input, context) {
    const roleArn = text(input, 'RoleArn');
    const sessionName = text(input, 'RoleSessionName');
    const match = ROLE_ARN.exec(roleArn);
    if (!match) throw invalid(`${roleArn} is invalid`);
    const [, , accountId, path, name] = match;
    const account = context.state.accounts.find(({ id }) => id === accountId);
    const role = account?.iam.roles.find(
      item => item.name === name && item.path === path,
    );
    const admitted =
      role &&
      trustAdmits(role.trust, {
        accountId: context.caller.account.id,
        principalArn: context.caller.principalArn,
        externalId: optionalText(input, 'ExternalId'),
      });
    if (!account || !admitted) throw refused(roleArn, context);
    const session = context.sessions.open({
      account,
      roleName: name,
      roleArn,
      sessionName,
      seconds: Number(input.DurationSeconds) || undefined,
    });
    return {
      Credentials: {
        AccessKeyId: session.accessKeyId,
        SecretAccessKey: session.secret,
        SessionToken: session.token,
        Expiration: session.expires,
      },
      AssumedRoleUser: { AssumedRoleId: session.userId, Arn: session.arn },
    };
  },
};
