import {
  Fact,
  Identity,
  known,
  mapFact,
  unknown,
} from 'backstage-plugin-pipeline-posture-common';
import { ActionDefinition, PipelineDefinition } from '../collect/definition';
import { ScopeReadings } from '../collect/readings';
import { projectOf, runsProject } from './actions';
import { rolesReachedFrom } from './secondHop';

/** A role that an action runs with, and what for. */
export interface RoleSite {
  arn: string;
  purpose: Identity['purposes'][number];
  /** True if code of the action can use the role; false if AWS only uses it to start the action. */
  usable: boolean;
}

function actingRole(
  action: ActionDefinition,
  pipeline: PipelineDefinition,
): string {
  return action.roleArn ?? pipeline.roleArn;
}

function buildRoles(
  action: ActionDefinition,
  deploying: boolean,
  readings: ScopeReadings,
): Fact<RoleSite[]> {
  const purpose = deploying ? 'deploy' : 'build';
  const site = (arn: string): RoleSite => ({ arn, purpose, usable: true });
  const { ServiceRoleArnOverride: override, BatchEnabled } =
    action.configuration;
  const project = projectOf(action, readings);
  const isBatch = BatchEnabled?.toLowerCase() === 'true';
  if (override && !isBatch) return known([site(override)]);
  if (!project) return known([]);
  if (!project.known) return project;
  const { serviceRole, batchRole } = project.value;
  return known(
    [override ?? serviceRole, ...(isBatch && batchRole ? [batchRole] : [])].map(
      site,
    ),
    project.evidence,
  );
}

/** Roles that a deploy action names beside the one that it runs with. */
const TARGET_ROLE_KEYS = ['RoleArn', 'AdministrationRoleArn'];

const DEPLOYING_ROLE = /deploy|release|provision|cfn-exec|terraform/i;

/** Roles that the code of a build can go on to: with them it can deploy, whatever its own role may do. */
function withReachedRoles(
  sites: RoleSite[],
  readings: ScopeReadings,
): RoleSite[] {
  const present = new Set(sites.map(({ arn }) => arn));
  const reach = (arns: readonly string[]) => {
    const found = arns
      .flatMap(arn => rolesReachedFrom(arn, readings))
      .filter(arn => !present.has(arn));
    found.forEach(arn => present.add(arn));
    return [...new Set(found)];
  };
  const first = reach(
    sites
      .filter(({ usable, purpose }) => usable && purpose === 'build')
      .map(({ arn }) => arn),
  );
  // A deployment role hands the work on to the role that CloudFormation runs with.
  const second = reach(first.filter(arn => DEPLOYING_ROLE.test(arn)));
  return [
    ...sites,
    ...[...first, ...second].map(arn => ({
      arn,
      purpose: DEPLOYING_ROLE.test(arn)
        ? ('deploy' as const)
        : ('build' as const),
      usable: true,
    })),
  ];
}

/** The role of what an action starts, if that has one of its own. */
function startedRole(
  action: ActionDefinition,
  deploying: boolean,
  readings: ScopeReadings,
): Fact<RoleSite[]> {
  const {
    ApplicationName,
    DeploymentGroupName,
    FunctionName,
    StateMachineArn,
  } = action.configuration;
  const key = [
    ['deployment-group', ApplicationName, DeploymentGroupName],
    ['function', FunctionName],
    ['state-machine', StateMachineArn],
  ]
    .map(parts => parts.join('/'))
    .find(candidate => readings.executionRoles.has(candidate));
  const role = key === undefined ? undefined : readings.executionRoles.get(key);
  if (!role) return known([]);
  return mapFact(role, arn => [
    {
      arn,
      purpose: deploying ? ('deploy' as const) : ('orchestrate' as const),
      usable: true,
    },
  ]);
}

/** Every role that an action runs with, and those that its code can go on to. */
export function rolesOf(
  action: ActionDefinition,
  deploying: boolean,
  pipeline: PipelineDefinition,
  readings: ScopeReadings,
): Fact<RoleSite[]> {
  const own = ownRoles(action, deploying, pipeline, readings);
  if (!own.known) return own;
  const started = startedRole(action, deploying, readings);
  if (!started.known) return started;
  return known(
    withReachedRoles([...own.value, ...started.value], readings),
    own.evidence,
  );
}

function ownRoles(
  action: ActionDefinition,
  deploying: boolean,
  pipeline: PipelineDefinition,
  readings: ScopeReadings,
): Fact<RoleSite[]> {
  const acting = actingRole(action, pipeline);
  if (action.category === 'Approval') return known([]);
  if (action.owner !== 'AWS') {
    return action.category === 'Source'
      ? known([])
      : unknown({
          code: 'unresolved',
          message: `Action ${action.name} runs on a worker outside of AWS (${action.provider}), whose credentials AWS does not show.`,
          actor: 'service-owner',
          action: `Move action ${action.name} to CodeBuild or another managed action, or check the worker's credentials by hand.`,
        });
  }
  if (runsProject(action)) {
    const roles = buildRoles(action, deploying, readings);
    if (!roles.known) return roles;
    const starting: RoleSite = {
      arn: acting,
      purpose: 'orchestrate',
      usable: false,
    };
    return known([...roles.value, starting], roles.evidence);
  }
  const purposes = {
    Source: 'source',
    Deploy: 'deploy',
    Compute: 'build',
  } as const;
  const purpose = deploying
    ? 'deploy'
    : purposes[action.category as keyof typeof purposes] ?? 'orchestrate';
  const named = TARGET_ROLE_KEYS.flatMap(
    key => action.configuration[key] ?? [],
  );
  return known(
    [acting, ...named.filter(arn => arn.startsWith('arn:'))].map(arn => ({
      arn,
      purpose,
      usable: true,
    })),
  );
}
