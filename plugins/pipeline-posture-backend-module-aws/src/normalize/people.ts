import {
  Principal,
  UnknownReason,
} from 'backstage-plugin-pipeline-posture-common';
import { EffectiveRights, mayDo } from '../iam/effectiveGrants';
import { IamAccount, RawPrincipal } from '../iam/IamAccount';
import { administrator } from '../iam/risks/administrator';

/** A principal that people act as, with its rights. */
export interface Person {
  principal: RawPrincipal;
  rights: EffectiveRights;
  administrator: boolean;
}

/** The people of an account. */
export interface People {
  known: readonly Person[];
  /** Why the rights of somebody could not be found out, if there is somebody. */
  unread?: UnknownReason;
}

const cache = new WeakMap<IamAccount, People>();

/** Roles of which one leads to the next; longer chains count as open to people. */
const MAX_CHAIN = 5;

/**
 * Whether people, and not only services of AWS, can be this principal: directly,
 * or over another role of the account that they can be.
 */
function isForPeople(
  account: IamAccount,
  principal: RawPrincipal,
  chain = 0,
): boolean {
  if (principal.kind !== 'role') return principal.kind === 'user';
  const trust = account.trust(principal);
  if (!trust.known || chain > MAX_CHAIN) return true;
  return trust.value.some(({ effect, principals, notPrincipal }) => {
    if (effect !== 'Allow') return false;
    if (notPrincipal || (principals.Federated ?? []).length > 0) return true;
    return (principals.AWS ?? []).some(arn => {
      const role = account.find(arn);
      return role === undefined || role === principal
        ? role === undefined
        : isForPeople(account, role, chain + 1);
    });
  });
}

/** Users of an account, and roles that people can assume. Found once per account. */
export function peopleOf(account: IamAccount): People {
  const before = cache.get(account);
  if (before) return before;
  const known: Person[] = [];
  let unread: UnknownReason | undefined;
  for (const principal of account.principals) {
    if (!isForPeople(account, principal)) continue;
    const rights = account.rights(principal);
    if (!rights.known) {
      unread ??= rights.reason;
      continue;
    }
    const grant = administrator(rights.value, principal.name, account.index);
    known.push({
      principal,
      rights: rights.value,
      administrator: grant !== undefined,
    });
  }
  const people = { known, unread };
  cache.set(account, people);
  return people;
}

/** Whether somebody may do an action on a resource, in any circumstances. */
export const may = (
  person: Person,
  action: string,
  resource: string,
  account: IamAccount,
) => mayDo(person.rights, action, resource, account.index) !== 'no';

/** Names of groups and roles that practically every builder is in. */
const EVERY_BUILDER =
  /developer|engineer|builder|contributor|everyone|all-?users|power-?user/i;

/** A person as findings name it. */
export function describe({ principal }: Person): Principal {
  return {
    name: `${principal.kind} ${principal.name}`,
    kind: principal.kind === 'user' ? 'user' : 'group',
    broad: principal.kind !== 'user' && EVERY_BUILDER.test(principal.name),
  };
}
