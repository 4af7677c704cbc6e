import { Assembled } from './assemble';
import { AzureFacts } from './AzureFacts';
import { RepositoryCatalogue } from './RepositoryCatalogue';
import { Resources } from './Resources';
import { buildServiceFact, exposuresFact, jobTokenFact } from './jobToken';
import { rolesFact } from './productionRoles';
import {
  groupsForAllFact,
  pushProtectionFact,
  secretGroupsFact,
} from './secretStores';
import { resourcesFact } from './usedResources';

/** Everything that only the controls of this module read. */
export function providerFacts(
  assembled: Assembled,
  resources: Resources,
  catalogue: RepositoryCatalogue,
): AzureFacts {
  const { draft } = assembled;
  return {
    resources: resourcesFact(assembled, resources),
    roles: rolesFact(assembled, resources),
    settings: resources.state.settings,
    jobToken: jobTokenFact(draft, resources),
    tokenExposures: exposuresFact(draft),
    buildServiceRights: buildServiceFact(draft, resources, catalogue),
    secretGroups: secretGroupsFact(draft, resources),
    groupsForAll: groupsForAllFact(draft, resources),
    pushProtection: pushProtectionFact(draft, catalogue),
  };
}
