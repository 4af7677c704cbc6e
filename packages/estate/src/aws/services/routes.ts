import { Route } from './catalogue';

const bucket = (operation: string, query: string): Route => ({
  operation,
  method: 'GET',
  path: /^\/(?<Bucket>[^/]+)\/?$/,
  query,
});

/** Amazon S3 with path-style addresses. */
export const S3_ROUTES: readonly Route[] = [
  bucket('GetBucketEncryption', 'encryption'),
  bucket('GetPublicAccessBlock', 'publicAccessBlock'),
  bucket('GetBucketPolicyStatus', 'policyStatus'),
  bucket('GetBucketPolicy', 'policy'),
  bucket('GetBucketVersioning', 'versioning'),
];

/** IAM Access Analyzer. */
export const ANALYZER_ROUTES: readonly Route[] = [
  { operation: 'ListAnalyzers', method: 'GET', path: /^\/analyzer\/?$/ },
  { operation: 'ListFindingsV2', method: 'POST', path: /^\/findingv2\/?$/ },
  {
    operation: 'ValidatePolicy',
    method: 'POST',
    path: /^\/policy\/validation\/?$/,
  },
];

/** Developer Tools notifications. */
export const NOTIFICATION_ROUTES: readonly Route[] = [
  {
    operation: 'ListNotificationRules',
    method: 'POST',
    path: /^\/listNotificationRules\/?$/,
  },
  {
    operation: 'DescribeNotificationRule',
    method: 'POST',
    path: /^\/describeNotificationRule\/?$/,
  },
];

/** AWS Lambda. */
export const LAMBDA_ROUTES: readonly Route[] = [
  {
    operation: 'GetFunctionConfiguration',
    method: 'GET',
    path: /^\/2015-03-31\/functions\/(?<FunctionName>[^/]+)\/configuration\/?$/,
  },
];
