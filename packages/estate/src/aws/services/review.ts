import { AwsError } from '../errors';
import { arn, Input, OperationContext, page, Service, text } from './operation';

function analyzersOf(context: OperationContext) {
  return context.regional.analyzers.map(analyzer => ({
    ...analyzer,
    arn: arn(context, 'access-analyzer', `analyzer/${analyzer.name}`),
  }));
}

function analyzerOf(input: Input, context: OperationContext) {
  const wanted = text(input, 'analyzerArn');
  const found = analyzersOf(context).find(item => item.arn === wanted);
  if (found) return found;
  throw new AwsError('ResourceNotFoundException', 'Analyzer not found', {
    status: 404,
  });
}

/** AWS IAM Access Analyzer, API version 2019-11-01. */
export const accessAnalyzer: Service = {
  ListAnalyzers(input, context) {
    const { items, next } = page(analyzersOf(context), context, {
      token: input.nextToken,
      size: input.maxResults,
      max: 100,
    });
    return {
      analyzers: items.map(item => ({
        arn: item.arn,
        name: item.name,
        type: item.type,
        status: item.status,
        createdAt: new Date('2026-01-01T00:00:00Z'),
      })),
      nextToken: next,
    };
  },

  ListFindingsV2(input, context) {
    const filter = (input.filter ?? {}) as Record<string, { eq?: string[] }>;
    const matching = analyzerOf(input, context).findings.filter(
      finding =>
        (filter.status?.eq?.includes(finding.status) ?? true) &&
        (filter.resource?.eq?.includes(finding.resource) ?? true),
    );
    const { items, next } = page(matching, context, {
      token: input.nextToken,
      size: input.maxResults,
      max: 100,
    });
    return {
      findings: items.map(finding => ({
        id: finding.id,
        resource: finding.resource,
        resourceType: 'AWS::IAM::Role',
        resourceOwnerAccount: context.account.id,
        findingType: finding.findingType,
        status: finding.status,
        analyzedAt: finding.analyzedAt,
        createdAt: finding.analyzedAt,
        updatedAt: finding.analyzedAt,
      })),
      nextToken: next,
    };
  },

  ValidatePolicy(input) {
    const document = text(input, 'policyDocument');
    const passesAnyRole =
      /iam:PassRole/i.test(document) && /"Resource"\s*:\s*"\*"/.test(document);
    return {
      findings: passesAnyRole
        ? [
            {
              findingDetails:
                'Using the iam:PassRole action with wildcards (*) in the resource can be overly permissive because it allows iam:PassRole permissions on multiple resources.',
              findingType: 'SECURITY_WARNING',
              issueCode: 'PASS_ROLE_WITH_STAR_IN_RESOURCE',
              learnMoreLink:
                'https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html',
              locations: [],
            },
          ]
        : [],
    };
  },
};

/** AWS Organizations, API version 2016-11-28; only the management account may ask. */
export const organizations: Service = {
  ListAccounts(input, context) {
    const { members } = organizationOf(context);
    const { items, next } = page(members, context, {
      token: input.NextToken,
      size: input.MaxResults,
      max: 20,
      invalidToken: 'InvalidInputException',
    });
    return {
      Accounts: items.map(id => ({
        Id: id,
        Name: context.state.accounts.find(item => item.id === id)?.alias ?? id,
        Status: 'ACTIVE',
      })),
      NextToken: next,
    };
  },

  DescribeOrganization(_input, { state }) {
    const management = state.accounts.find(({ organization }) => organization);
    if (!management) {
      throw new AwsError(
        'AWSOrganizationsNotInUseException',
        'Your account is not a member of an organization.',
      );
    }
    return {
      Organization: {
        Id: 'o-contoso1234',
        MasterAccountId: management.id,
        FeatureSet: 'ALL',
      },
    };
  },

  ListParents(input, context) {
    const { units } = organizationOf(context);
    const parent = units[text(input, 'ChildId')] ?? 'r-root';
    return {
      Parents: [
        {
          Id: parent,
          Type: parent.startsWith('r-') ? 'ROOT' : 'ORGANIZATIONAL_UNIT',
        },
      ],
    };
  },

  ListPoliciesForTarget(input, context) {
    const target = text(input, 'TargetId');
    return {
      Policies: organizationOf(context)
        .policies.filter(({ targets }) => targets.includes(target))
        .map(({ name }) => ({
          Id: name,
          Name: name,
          Type: 'SERVICE_CONTROL_POLICY',
        })),
    };
  },

  DescribePolicy(input, context) {
    const id = text(input, 'PolicyId');
    const policy = organizationOf(context).policies.find(
      ({ name }) => name === id,
    );
    if (!policy) {
      throw new AwsError(
        'PolicyNotFoundException',
        'We cannot find the policy',
      );
    }
    return {
      Policy: {
        PolicySummary: { Id: id, Name: id, Type: 'SERVICE_CONTROL_POLICY' },
        Content: JSON.stringify(policy.document),
      },
    };
  },
};

function organizationOf({ account, caller, operation }: OperationContext) {
  if (account.organization) return account.organization;
  throw new AwsError(
    'AccessDeniedException',
    `User: ${caller.arn} may not call ${operation}: only the management account of an organization may`,
  );
}

/** Resource Groups Tagging API, version 2017-01-26. */
export const tagging: Service = {
  GetResources(input, context) {
    const tagged = context.regional.pipelines.filter(
      ({ tags }) => Object.keys(tags).length > 0,
    );
    const { items, next } = page(tagged, context, {
      token: input.PaginationToken,
      size: input.ResourcesPerPage,
      max: 100,
      invalidToken: 'PaginationTokenExpiredException',
    });
    return {
      ResourceTagMappingList: items.map(({ pipeline, tags }) => ({
        ResourceARN: arn(context, 'codepipeline', pipeline.name),
        Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
      })),
      PaginationToken: next ?? '',
    };
  },
};
