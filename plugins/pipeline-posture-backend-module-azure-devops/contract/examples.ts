/**
 * Feeds Microsoft's own examples and recorded answers of a real organisation
 * to what the collector reads answers with.
 *
 * Usage: node --require @backstage/cli/config/nodeTransform.cjs plugins/pipeline-posture-backend-module-azure-devops/contract/examples.ts <folder>
 * where <folder> holds `openapi/azure-devops` and `recordings/azure-devops`.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import * as wire from '../src/client/wire';
import { known } from 'backstage-plugin-pipeline-posture-common';
import { gatesFrom } from '../src/normalize/gates';
import { credentialOf } from '../src/normalize/credentials';
import { protectionOf } from '../src/normalize/protection';

/** What an answer is read with, and where such answers are. */
const EXAMPLES: Array<[name: string, shape: z.ZodType, file: string]> = [
  [
    'checks of many resources',
    wire.checkConfiguration,
    'approvalsAndChecks/7.2/httpExamples/queryconfigurations/POST__QueryCheckConfigurationsOnResources.json',
  ],
  [
    'an approval with settings',
    wire.checkConfiguration,
    'approvalsAndChecks/7.2/httpExamples/configurations/POST__AddApprovalCheckConfiguration.json',
  ],
  [
    'a task check with settings',
    wire.checkConfiguration,
    'approvalsAndChecks/7.2/httpExamples/configurations/POST__AddTaskCheckConfiguration.json',
  ],
  [
    'pipeline permissions',
    wire.pipelinePermissions,
    'approvalsAndChecks/7.2/httpExamples/pipelinePermissions/GET__GetPipelinePermissionsForResource.json',
  ],
  [
    'service connections',
    wire.serviceConnection,
    'serviceEndpoint/7.2/httpExamples/endpoints/ListEndpoints.json',
  ],
  [
    'an Azure connection',
    wire.serviceConnection,
    'serviceEndpoint/7.2/httpExamples/endpoints/CreateAzureRMEndpoint.json',
  ],
  [
    'variable groups',
    wire.variableGroup,
    'distributedTask/7.2/httpExamples/variablegroups/GET_VariableGroupsByIds.json',
  ],
  [
    'task groups',
    wire.taskGroup,
    'distributedTask/7.2/httpExamples/taskgroups/LIST__ListAllTaskGroups.json',
  ],
  [
    'policies',
    wire.policy,
    'policy/7.2/httpExamples/configurations/GET__policy_configurations.json',
  ],
  [
    'repositories',
    wire.repository,
    'git/7.2/httpExamples/repositories/GET__git_repositories.json',
  ],
  [
    'a whole release',
    wire.release,
    'release/7.2/httpExamples/definitions/GET__GetReleaseDefinition.json',
  ],
  [
    'releases',
    wire.releaseReference,
    'release/7.2/httpExamples/definitions/GET__ListAllReleaseDefinitions.json',
  ],
  [
    'releases with stages',
    wire.releaseReference,
    'release/7.2/httpExamples/definitions/GET__ListAllReleaseDefinitionsWithEnvironmentsExpanded.json',
  ],
  [
    'security namespaces',
    wire.securityNamespace,
    'security/7.2/httpExamples/securityNamespaces/GET__securitynamespaces_.json',
  ],
  [
    'a group of Microsoft Entra',
    wire.group,
    'graph/7.2/httpExamples/Groups/GetGroup-AddRemoveAADGroupByOID.json',
  ],
  [
    'members of a group',
    wire.membership,
    'graph/7.2/httpExamples/MembershipsBatch/BatchGetMembershipsGroupDown.json',
  ],
  [
    'audit streams',
    wire.auditStream,
    'audit/7.2/httpExamples/streams/GET__AuditLog_streams_query_all.json',
  ],
  [
    'service hooks',
    wire.hook,
    'hooks/7.2/httpExamples/subscriptions/GET__hooks_subscriptions_.json',
  ],
];

const RECORDINGS: Array<
  [name: string, shape: z.ZodType, file: string, request: RegExp]
> = [
  ['definitions', wire.definition, 'build-definitions.json', /Definitions\?/],
  [
    'a whole YAML definition',
    wire.definition,
    'build-definitions.json',
    /Definitions\/20$/,
  ],
  [
    'policies',
    wire.policy,
    'policy-configurations.json',
    /policy\/configurations$/,
  ],
  [
    'variable groups',
    wire.variableGroup,
    'variable-groups.json',
    /variablegroups\?/,
  ],
  ['pools', wire.pool, 'agent-pools.json', /pools\?/],
  ['projects', wire.project, 'projects.json', /projects\?stateFilter=all$/],
  ['repositories', wire.repository, 'repositories.json', /git\/repositories$/],
  [
    'security namespaces',
    wire.securityNamespace,
    'security.json',
    /SecurityNamespaces\?/,
  ],
  [
    'access control lists',
    wire.accessControlList,
    'security.json',
    /AccessControlLists\/.*recurse/,
  ],
  ['identities', wire.identity, 'security.json', /_apis\/Identities\?/],
];

const read = (path: string): unknown =>
  JSON.parse(readFileSync(path, 'utf8').replace(/^\uFEFF/, ''));

const entriesOf = (body: unknown): unknown[] => {
  const { value } = body as { value?: unknown };
  return Array.isArray(value) ? value : [body];
};

function examples(folder: string) {
  return EXAMPLES.map(([name, shape, file]) => {
    const { responses } = read(
      join(folder, 'openapi', 'azure-devops', file),
    ) as { responses: Record<string, { body: unknown }> };
    return {
      name: `example: ${name}`,
      shape,
      entries: entriesOf(responses['200'].body),
    };
  });
}

function recordings(folder: string) {
  return RECORDINGS.map(([name, shape, file, request]) => {
    const all = read(
      join(folder, 'recordings', 'azure-devops', file),
    ) as Array<{ request: { url: string }; response: { body: unknown } }>;
    const found = all.filter(each => request.test(each.request.url));
    return {
      name: `recording: ${name}`,
      shape,
      entries: found.flatMap(({ response }) => entriesOf(response.body)),
    };
  });
}

/** What must come of some of them, beyond being read at all. */
function meanings(folder: string): string[] {
  const problems: string[] = [];
  const body = (file: string) =>
    entriesOf(
      (
        read(join(folder, 'openapi', 'azure-devops', file)) as {
          responses: Record<string, { body: unknown }>;
        }
      ).responses['200'].body,
    );
  const [approval] = body(
    'approvalsAndChecks/7.2/httpExamples/configurations/POST__AddApprovalCheckConfiguration.json',
  );
  const [gate] = gatesFrom(
    [wire.checkConfiguration.parse(approval)],
    { title: 'queue Default' },
    new Set(),
  );
  if (
    gate?.kind !== 'approval' ||
    !gate.requesterCanApprove.known ||
    !gate.requesterCanApprove.value
  ) {
    problems.push(
      'an approval without requesterCannotBeApprover must let the requester approve',
    );
  }
  const [arm] = body(
    'serviceEndpoint/7.2/httpExamples/endpoints/CreateAzureRMEndpoint.json',
  );
  const credential = credentialOf(wire.serviceConnection.parse(arm));
  if (!credential.known || credential.value.kind !== 'secret')
    problems.push('an spnKey connection must be a stored secret');
  const recorded = read(
    join(folder, 'recordings', 'azure-devops', 'policy-configurations.json'),
  ) as Array<{ request: { url: string }; response: { body: unknown } }>;
  const policies = recorded
    .filter(({ request }) => /policy\/configurations$/.test(request.url))
    .flatMap(({ response }) => entriesOf(response.body))
    .map(each => wire.policy.parse(each));
  const protection = protectionOf(
    known(policies),
    {
      repositoryId: policies[0]?.settings.scope?.[0]?.repositoryId ?? '',
      ref: 'refs/heads/master',
      isDefaultBranch: true,
    },
    undefined,
  );
  // Its only policies are merge strategies, whose type differs from reviewers in one digit.
  if (!protection.known || protection.value.minimumReviewers !== 0)
    problems.push('a merge strategy must not count as a review');
  return problems;
}

function main(folder: string): number {
  const problems = meanings(folder);
  let count = 0;
  for (const { name, shape, entries } of [
    ...examples(folder),
    ...recordings(folder),
  ]) {
    if (entries.length === 0) problems.push(`${name}: nothing found`);
    for (const entry of entries) {
      count += 1;
      const parsed = shape.safeParse(entry);
      if (!parsed.success)
        problems.push(
          `${name}: ${parsed.error.issues[0].path.join('.')}: ${
            parsed.error.issues[0].message
          }`,
        );
    }
  }
  for (const each of problems) process.stderr.write(`${each}\n`);
  process.stdout.write(`${count} answers read, ${problems.length} problems\n`);
  return problems.length === 0 ? 0 : 1;
}

const [folder] = process.argv.slice(2);
if (folder) process.exitCode = main(folder);
else {
  process.stderr.write(
    'Name the folder that holds openapi/ and recordings/.\n',
  );
  process.exitCode = 2;
}
