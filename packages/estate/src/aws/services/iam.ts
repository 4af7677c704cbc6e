import { AwsError } from '../errors';
import { Wire } from '../protocols/wire';
import { credentialReport } from './credentialReport';
import {
  authorizationDetails,
  DetailKind,
  DETAIL_KINDS,
} from './iamAuthorizationDetails';
import { Input, page, Service } from './operation';

/** Members `Filter.member.1`, `Filter.member.2` … of the query protocol. */
function members(input: Input, name: string): string[] {
  return Object.entries(input)
    .filter(([key]) => key.startsWith(`${name}.member.`))
    .map(([, value]) => String(value));
}

/** Accounts whose credential report has been asked for, with how often. */
const reports = new WeakMap<object, number>();

/** AWS Identity and Access Management, API version 2010-05-08. */
export const iam: Service = {
  GetAccountAuthorizationDetails(input, context) {
    const filter = members(input, 'Filter');
    const kinds = DETAIL_KINDS.filter(
      kind => filter.length === 0 || filter.includes(kind),
    );
    const all = authorizationDetails(context.account).filter(({ kind }) =>
      kinds.includes(kind),
    );
    const { items, next } = page(all, context, {
      token: input.Marker,
      size: input.MaxItems ?? 100,
      max: 1000,
      invalidToken: 'ValidationException',
    });
    const pick = (...wanted: DetailKind[]): Wire =>
      items
        .filter(({ kind }) => wanted.includes(kind))
        .map(({ detail }) => detail);
    return {
      UserDetailList: pick('User'),
      GroupDetailList: pick('Group'),
      RoleDetailList: pick('Role'),
      Policies: pick('LocalManagedPolicy', 'AWSManagedPolicy'),
      IsTruncated: next !== undefined,
      Marker: next,
    };
  },

  GenerateCredentialReport(_input, { account }) {
    const asked = (reports.get(account) ?? 0) + 1;
    reports.set(account, asked);
    return asked === 1
      ? {
          State: 'STARTED',
          Description:
            'No report exists. Starting a new report generation task',
        }
      : { State: 'COMPLETE' };
  },

  GetCredentialReport(_input, { account }) {
    if (!reports.has(account)) {
      throw new AwsError(
        'CredentialReportNotPresentException',
        'No report exists. Generate one first.',
        { status: 410, xmlCode: 'ReportNotPresent' },
      );
    }
    return {
      Content: Buffer.from(credentialReport(account)),
      ReportFormat: 'text/csv',
      GeneratedTime: new Date(),
    };
  },

  ListAccountAliases(_input, { account }) {
    return { AccountAliases: [account.alias], IsTruncated: false };
  },
};
