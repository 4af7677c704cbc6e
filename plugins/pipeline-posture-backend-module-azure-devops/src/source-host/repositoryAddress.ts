/** A repository of Azure Repos, as an address names it. */
export interface AzureRepository {
  project: string;
  repository: string;
}

/** An organisation as addresses name it. */
export interface NamedOrganisation {
  /** Its name, without regard to case. */
  organisation: string;
  /** Its own address, without a slash at the end. */
  url: string;
}

const decoded = (part: string) => {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
};

/** `Payments/_git/payments-api`; the project may be left out where it is called like the repository. */
function below(parts: string[]): AzureRepository | undefined {
  const rest =
    parts[0]?.toLowerCase() === 'defaultcollection' ? parts.slice(1) : parts;
  const at = rest.findIndex(part => part.toLowerCase() === '_git');
  // `_git/_full/<repository>` and `_git/_optimized/…` stand for the same repository.
  const name = /^_(full|optimized)$/i.test(rest[at + 1] ?? '')
    ? rest[at + 2]
    : rest[at + 1];
  if (at < 0 || at > 1 || !name) return undefined;
  return {
    project: decoded(at === 1 ? rest[0] : name),
    repository: decoded(name),
  };
}

const same = (one: string, other: string) =>
  one.toLowerCase() === other.toLowerCase();

/** The forms that `git clone` over SSH takes. */
function overSsh(
  url: string,
  organisation: string,
): AzureRepository | undefined {
  const match =
    /^(?:ssh:\/\/)?[^@/\s]+@(?:ssh\.dev\.azure\.com|vs-ssh\.visualstudio\.com)(?::22)?[:/]v3\/([^/]+)\/([^/]+)\/([^/?#]+)\/?$/i.exec(
      url,
    );
  if (!match || !same(decoded(match[1]), organisation)) return undefined;
  return { project: decoded(match[2]), repository: decoded(match[3]) };
}

/**
 * The repository of an organisation that an address leads to: as Azure DevOps
 * writes it today, in the older form under visualstudio.com, or as it is cloned over SSH.
 *
 * @returns undefined for an address that is of another organisation, or none at all
 */
export function repositoryAt(
  url: string,
  { organisation, url: own }: NamedOrganisation,
): AzureRepository | undefined {
  const ssh = overSsh(url, organisation);
  if (ssh) return ssh;
  let address: URL;
  try {
    address = new URL(url);
  } catch {
    return undefined;
  }
  if (address.protocol !== 'https:' && address.protocol !== 'http:')
    return undefined;
  const parts = address.pathname.split('/').filter(Boolean);
  const base = new URL(own);
  const prefix = base.pathname.split('/').filter(Boolean);
  const cloud = same(base.hostname, 'dev.azure.com');
  if (
    same(address.host, base.host) &&
    prefix.every((part, index) =>
      same(decoded(part), decoded(parts[index] ?? '')),
    )
  )
    return below(parts.slice(prefix.length));
  return cloud && same(address.hostname, `${organisation}.visualstudio.com`)
    ? below(parts)
    : undefined;
}
