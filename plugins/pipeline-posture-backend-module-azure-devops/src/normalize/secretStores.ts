import {
  Fact,
  known,
  mapFact,
  unknown,
  UnknownReason,
} from 'backstage-plugin-pipeline-posture-common';
import { hasSecrets } from '../collect/protectedResources';
import { groupsOf } from './assemble';
import { gapsOf } from './gaps';
import { reasonOfGap } from './names';
import { GroupsForAll, PushProtection, SecretGroup } from './AzureFacts';
import { mayBeInAzureRepos } from './draftSources';
import { PipelineDraft } from './PipelineDraft';
import { RepositoryCatalogue } from './RepositoryCatalogue';
import { Resources } from './Resources';

export function linkedGroups(draft: PipelineDraft, resources: Resources) {
  if (!draft.code.known) return [];
  return groupsOf(draft.code.value).flatMap(use => {
    const group = resources.variableGroup(use.name);
    return group.known ? [group.value] : [];
  });
}

/** Why groups that the pipeline links could not be read. */
export function unreadGroups(
  draft: PipelineDraft,
  resources: Resources,
): UnknownReason[] {
  if (!draft.code.known) return [];
  return groupsOf(draft.code.value).flatMap(use => {
    const group = resources.variableGroup(use.name);
    return group.known ? [] : [group.reason];
  });
}

/** Variable groups with secrets that the pipeline links anywhere. */
export function secretGroupsFact(
  draft: PipelineDraft,
  resources: Resources,
): Fact<SecretGroup[]> {
  if (!draft.code.known) return draft.code;
  const linked = groupsOf(draft.code.value).map(use =>
    resources.variableGroup(use.name),
  );
  const groups = linked.flatMap(group => (group.known ? [group.value] : []));
  const secret = groups.filter(hasSecrets).map(({ name, type }) => ({
    name,
    inKeyVault: type === 'AzureKeyVault',
  }));
  const unseen = linked.find(group => !group.known);
  // The list holds only what the reader may see; what is not in it may hold anything.
  const allInKeyVault = secret.every(({ inKeyVault }) => inKeyVault);
  if (unseen && !unseen.known && allInKeyVault) return unseen;
  const [gap] = gapsOf(draft.code.value);
  if (gap && allInKeyVault) return unknown(reasonOfGap(gap));
  return known(secret, {
    source: 'GET {project}/_apis/distributedtask/variablegroups',
    field: 'type',
  });
}

/** Variable groups that are linked for the whole pipeline. */
export function groupsForAllFact(
  draft: PipelineDraft,
  resources: Resources,
): Fact<GroupsForAll> {
  if (!draft.code.known) return draft.code;
  const [gap] = draft.code.value.gaps;
  const { stages: seen, groups: linked } = draft.code.value;
  // A part that is not known may hold further stages, or link groups for all of them.
  if (gap && (seen.length < 2 || linked.length === 0)) {
    return unknown(reasonOfGap(gap));
  }
  return mapFact(draft.code, ({ stages, groups }) => ({
    stages: stages.length,
    groups: groups.map(({ name }) => {
      const group = resources.variableGroup(name);
      return {
        name: group.known ? group.value.name : name,
        hasSecrets: mapFact(group, hasSecrets),
        url: draft.url,
      };
    }),
  }));
}

export function pushProtectionFact(
  draft: PipelineDraft,
  catalogue: RepositoryCatalogue,
): Fact<PushProtection[]> {
  return mapFact(draft.sources, sources =>
    sources.filter(mayBeInAzureRepos).map(({ name, host, protection, url }) => {
      const [owner, repository] = name.split('/');
      // Which repository an earlier pipeline builds is not known where that pipeline is not.
      const blocked =
        host !== 'azure-repos' && !protection.known
          ? protection
          : catalogue.blocksCredentials(owner, repository);
      return { repository: name, blocked, ...(url && { url }) };
    }),
  );
}
