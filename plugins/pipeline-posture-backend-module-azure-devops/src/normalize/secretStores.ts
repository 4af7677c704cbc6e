import { Fact, known, mapFact } from 'backstage-plugin-pipeline-posture-common';
import { hasSecrets } from '../collect/protectedResources';
import { groupsOf } from './assemble';
import { PushProtection, SecretGroup } from './AzureFacts';
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

export function secretGroupsFact(
  draft: PipelineDraft,
  resources: Resources,
): Fact<SecretGroup[]> {
  const { variableGroups } = resources.state;
  if (!draft.code.known) return draft.code;
  if (!variableGroups.known && groupsOf(draft.code.value).length > 0)
    return variableGroups;
  return known(
    linkedGroups(draft, resources)
      .filter(hasSecrets)
      .map(({ name, type }) => ({
        name,
        inKeyVault: type === 'AzureKeyVault',
      })),
  );
}

export function pushProtectionFact(
  draft: PipelineDraft,
  catalogue: RepositoryCatalogue,
): Fact<PushProtection[]> {
  return mapFact(draft.sources, sources =>
    sources
      .filter(
        ({ host, role }) => host === 'azure-repos' && role === 'application',
      )
      .map(({ name, url }) => {
        const [owner, repository] = name.split('/');
        return {
          repository: name,
          blocked: catalogue.blocksCredentials(owner, repository),
          ...(url && { url }),
        };
      }),
  );
}
