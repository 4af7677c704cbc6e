import { codebuild } from './codebuild';
import { codecommit } from './codecommit';
import { codepipeline } from './codepipeline';
import { codestarConnections } from './codestarConnections';
import { codedeploy, lambda, stepFunctions } from './execution';
import { iam } from './iam';
import { cloudtrail, events, notifications, sns } from './monitoring';
import { Service } from './operation';
import { accessAnalyzer, organizations, tagging } from './review';
import {
  ANALYZER_ROUTES,
  LAMBDA_ROUTES,
  NOTIFICATION_ROUTES,
  S3_ROUTES,
} from './routes';
import { ecr, kms, s3 } from './storage';
import { sts } from './sts';

/** How one service is spoken to. */
export type ServiceBinding =
  | { protocol: 'json'; target: string; version: '1.0' | '1.1' }
  | { protocol: 'query'; namespace: string; version: string }
  | { protocol: 'rest-json'; routes: readonly Route[] }
  | { protocol: 's3'; routes: readonly Route[] };

/** Method, path and query of a REST operation; groups of the path become members. */
export interface Route {
  operation: string;
  method: string;
  path: RegExp;
  /** A query key that tells operations on the same path apart. */
  query?: string;
}

/** A service with its wire protocol. */
export interface ServiceEntry {
  /** The name that credential scopes carry. */
  signingName: string;
  /** The prefix of its IAM actions. */
  prefix: string;
  /** Whether it has no regions. */
  global?: boolean;
  binding: ServiceBinding;
  service: Service;
}

const json = (target: string, version: '1.0' | '1.1' = '1.1') =>
  ({ protocol: 'json', target, version } as const);

/** Every service that the local AWS speaks. */
export const SERVICES: readonly ServiceEntry[] = [
  {
    signingName: 'codepipeline',
    prefix: 'codepipeline',
    binding: json('CodePipeline_20150709'),
    service: codepipeline,
  },
  {
    signingName: 'codebuild',
    prefix: 'codebuild',
    binding: json('CodeBuild_20161006'),
    service: codebuild,
  },
  {
    signingName: 'codecommit',
    prefix: 'codecommit',
    binding: json('CodeCommit_20150413'),
    service: codecommit,
  },
  {
    signingName: 'iam',
    prefix: 'iam',
    global: true,
    binding: {
      protocol: 'query',
      namespace: 'https://iam.amazonaws.com/doc/2010-05-08/',
      version: '2010-05-08',
    },
    service: iam,
  },
  {
    signingName: 'sts',
    prefix: 'sts',
    global: true,
    binding: {
      protocol: 'query',
      namespace: 'https://sts.amazonaws.com/doc/2011-06-15/',
      version: '2011-06-15',
    },
    service: sts,
  },
  {
    signingName: 'sns',
    prefix: 'sns',
    binding: {
      protocol: 'query',
      namespace: 'http://sns.amazonaws.com/doc/2010-03-31/',
      version: '2010-03-31',
    },
    service: sns,
  },
  {
    signingName: 'codestar-connections',
    prefix: 'codestar-connections',
    binding: json('CodeStar_connections_20191201', '1.0'),
    service: codestarConnections,
  },
  {
    signingName: 'events',
    prefix: 'events',
    binding: json('AWSEvents'),
    service: events,
  },
  {
    signingName: 'cloudtrail',
    prefix: 'cloudtrail',
    binding: json('CloudTrail_20131101'),
    service: cloudtrail,
  },
  {
    signingName: 'kms',
    prefix: 'kms',
    binding: json('TrentService'),
    service: kms,
  },
  {
    signingName: 'ecr',
    prefix: 'ecr',
    binding: json('AmazonEC2ContainerRegistry_V20150921'),
    service: ecr,
  },
  {
    signingName: 'organizations',
    prefix: 'organizations',
    global: true,
    binding: json('AWSOrganizationsV20161128'),
    service: organizations,
  },
  {
    signingName: 'tagging',
    prefix: 'tag',
    binding: json('ResourceGroupsTaggingAPI_20170126'),
    service: tagging,
  },
  {
    signingName: 'codedeploy',
    prefix: 'codedeploy',
    binding: json('CodeDeploy_20141006'),
    service: codedeploy,
  },
  {
    signingName: 'states',
    prefix: 'states',
    binding: json('AWSStepFunctions', '1.0'),
    service: stepFunctions,
  },
  {
    signingName: 's3',
    prefix: 's3',
    binding: { protocol: 's3', routes: S3_ROUTES },
    service: s3,
  },
  {
    signingName: 'access-analyzer',
    prefix: 'access-analyzer',
    binding: { protocol: 'rest-json', routes: ANALYZER_ROUTES },
    service: accessAnalyzer,
  },
  {
    signingName: 'codestar-notifications',
    prefix: 'codestar-notifications',
    binding: { protocol: 'rest-json', routes: NOTIFICATION_ROUTES },
    service: notifications,
  },
  {
    signingName: 'lambda',
    prefix: 'lambda',
    binding: { protocol: 'rest-json', routes: LAMBDA_ROUTES },
    service: lambda,
  },
];
