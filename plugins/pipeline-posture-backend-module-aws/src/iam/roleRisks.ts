import {
  Fact,
  Grant,
  known,
  unknown,
} from 'backstage-plugin-pipeline-posture-common';
import {
  assumeRoleEscalations,
  buildEscalations,
  BuildTarget,
  identityEscalations,
  passRoleEscalations,
} from './escalation/escalation';
import { IamAccount, RawPrincipal } from './IamAccount';
import { administrator, limitedAdministrator } from './risks/administrator';
import {
  allowedByOmission,
  unconstrainedWrites,
  wholeServices,
} from './risks/breadth';
import { assumesAnyRole, passesAnyRole } from './risks/roles';
import { readsEverySecret } from './risks/secrets';

/**
 * The rights of a role that matter, worst first. An empty list: every question
 * was asked, and none found anything. An administrator is only called that:
 * every other right follows from it.
 *
 * @param projects - build projects whose roles are known, for what the role could start
 */
export function roleRisks(
  account: IamAccount,
  role: RawPrincipal,
  projects: readonly BuildTarget[] = [],
): Fact<Grant[]> {
  const rights = account.rights(role);
  if (!rights.known) return rights;
  const { index } = account;
  const own = rights.value;
  const admin = administrator(own, role.name, index);
  const limited = limitedAdministrator(own, index);
  const risks = admin
    ? [admin]
    : [
        ...(limited ? [limited] : []),
        ...identityEscalations(account, role, own),
        ...passRoleEscalations(account, role, own),
        ...assumeRoleEscalations(account, role, own),
        ...buildEscalations(account, role, own, projects),
        ...passesAnyRole(own, index),
        ...assumesAnyRole(own, index),
        ...readsEverySecret(own, index),
        ...wholeServices(own, index),
        ...unconstrainedWrites(own, index),
        ...allowedByOmission(own, index),
      ];
  if (risks.length > 0 && own.boundaryUnread) {
    return unknown({
      ...own.boundaryUnread,
      message: `The policies of ${role.name} allow much, and its permissions boundary, which may take that away, cannot be read.`,
    });
  }
  return known(risks, {
    source: 'iam:GetAccountAuthorizationDetails',
    field: `RoleDetailList[${role.name}]`,
  });
}
