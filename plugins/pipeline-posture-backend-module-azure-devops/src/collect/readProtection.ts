import { Fact, known } from 'backstage-plugin-pipeline-posture-common';
import { OPERATIONS } from '../client/operations';
import { guardedResources, readAccess, readChecks } from './protectedResources';
import {
  NamespaceName,
  PermissionTable,
  readPermissions,
} from './readPermissions';
import { ProjectReadings } from './readProject';
import {
  accessCadenceOf,
  cadenceOf,
  ProjectCollectionOptions,
} from './ProjectCollectionOptions';

/** Reads what guards the resources of a project, and who may change what. */
export async function readProtection(
  given: ProjectCollectionOptions,
  readings: ProjectReadings,
  onRefusal: (fact: Fact<unknown>, effect: string) => void,
) {
  const { source, project } = given;
  const guarded = guardedResources(readings);
  // Where they are not known there may be some, and nobody's rights on them would look like nobody having any.
  const usesTaskGroups =
    !readings.taskGroups.known || readings.taskGroups.value.length > 0;
  const hasReleases =
    !readings.releases.known || readings.releases.value.length > 0;
  const names: NamespaceName[] = ['git', 'build', 'endpoint'];
  if (hasReleases) names.push('release');
  if (usesTaskGroups) names.push('taskGroup');
  const nothing: Fact<PermissionTable> = known(new Map());
  const [access, checks, permissions] = await Promise.all([
    readAccess(guarded, {
      source,
      project: project.name,
      ...cadenceOf(given),
    }),
    readChecks(guarded, source, project.name),
    readPermissions(names, {
      ...given,
      projectId: project.id,
      cadence: accessCadenceOf(given),
    }),
  ]);
  const {
    git: gitPermissions = nothing,
    build: buildPermissions = nothing,
    endpoint: endpointPermissions = nothing,
    release: releasePermissions = nothing,
    taskGroup: taskGroupPermissions = nothing,
  }: Partial<Record<NamespaceName, Fact<PermissionTable>>> = permissions;
  const refusedChecks = [...checks.values()].find(each => !each.known);
  if (refusedChecks) onRefusal(refusedChecks, OPERATIONS.checks.without);
  const refusedAccess = [...access.values()].find(each => !each.known);
  if (refusedAccess) {
    onRefusal(refusedAccess, OPERATIONS.pipelinePermissions.without);
  }
  if (!buildPermissions.known) {
    onRefusal(buildPermissions, OPERATIONS.accessControlLists.without);
  }
  return {
    access,
    checks,
    gitPermissions,
    buildPermissions,
    endpointPermissions,
    releasePermissions,
    taskGroupPermissions,
  };
}
