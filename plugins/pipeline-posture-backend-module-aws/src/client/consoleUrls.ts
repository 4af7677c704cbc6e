/** The partition that a region belongs to. */
export function partitionOf(region: string): 'aws' | 'aws-cn' | 'aws-us-gov' {
  if (region.startsWith('cn-')) return 'aws-cn';
  return region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws';
}

function consoleHost(region: string): string {
  switch (partitionOf(region)) {
    case 'aws-cn':
      return 'console.amazonaws.cn';
    case 'aws-us-gov':
      return 'console.amazonaws-us-gov.com';
    default:
      return `${region}.console.aws.amazon.com`;
  }
}

/** Pages of the AWS console where a person sees what was read. */
export const consoleUrls = {
  pipeline: (region: string, name: string) =>
    `https://${consoleHost(
      region,
    )}/codesuite/codepipeline/pipelines/${encodeURIComponent(
      name,
    )}/view?region=${region}`,
  project: (region: string, accountId: string, name: string) =>
    `https://${consoleHost(
      region,
    )}/codesuite/codebuild/${accountId}/projects/${encodeURIComponent(
      name,
    )}?region=${region}`,
  repository: (region: string, name: string) =>
    `https://${consoleHost(
      region,
    )}/codesuite/codecommit/repositories/${encodeURIComponent(
      name,
    )}/browse?region=${region}`,
  role: (region: string, name: string) =>
    `https://${consoleHost(
      region,
    )}/iam/home#/roles/details/${encodeURIComponent(name)}`,
  user: (region: string, name: string) =>
    `https://${consoleHost(
      region,
    )}/iam/home#/users/details/${encodeURIComponent(name)}`,
  iam: (region: string) => `https://${consoleHost(region)}/iam/home#/roles`,
  eventRules: (region: string) =>
    `https://${consoleHost(region)}/events/home?region=${region}#/rules`,
  notificationRules: (region: string) =>
    `https://${consoleHost(
      region,
    )}/codesuite/settings/notifications?region=${region}`,
  trails: (region: string) =>
    `https://${consoleHost(region)}/cloudtrailv2/home?region=${region}#/trails`,
  analyzers: (region: string) =>
    `https://${consoleHost(region)}/access-analyzer/home?region=${region}`,
};
