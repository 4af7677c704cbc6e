import { codebuild } from './codebuild';
import { codecommit } from './codecommit';
import { codepipeline } from './codepipeline';
import { iam } from './iam';
import { Service } from './operation';
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
];
