import {
  Fact,
  Identity,
  IdentityUse,
  known,
  unknown,
  UnknownReason,
} from 'backstage-plugin-pipeline-posture-common';
import { ServiceConnection } from '../client/wire';
import { PipelineAccess } from '../collect/protectedResources';
import { Assembled } from './assemble';
import { connectionsOf, reasonOfGap } from './names';
import { gapsOf } from './gaps';
import { mergeUses } from './uses';
import { credentialOf } from './credentials';
import { grantsOf, openTrustOf } from './grants';
import { principalId, purposesOf } from './connections';
import { PROVIDER_ID } from './draftContext';
import { PipelineDraft } from './PipelineDraft';
import { Resources } from './Resources';

/** What identities need to know of the rest of the project. */
export interface IdentityContext {
  resources: Resources;
  /** Uses that the code of the project's pipelines shows. */
  uses: ReadonlyMap<string, IdentityUse[]>;
  /** Drafts of the project by definition id. */
  definitions: ReadonlyMap<number, PipelineDraft>;
  /** False if not every pipeline of the project could be listed. */
  complete: boolean;
  /** Of the pipelines of the project. */
  scope: string;
  /** Why the connections of a release are not known: no permission of a pipeline keeps it from using one. */
  unreadRelease?: UnknownReason;
  now: Date;
}

/** A pipeline that may use an identity and whose code does not tell whether it does may do so in any stage. */
function tiersOf({ code }: PipelineDraft): IdentityUse['tiers'] {
  return code.known && gapsOf(code.value).length === 0 ? [] : ['unknown'];
}

/** Other projects that a connection is shared with. Not all of them may be told. */
function sharedWith(
  { isShared, serviceEndpointProjectReferences }: ServiceConnection,
  own: { id: string; name: string },
): string[] {
  const others = (serviceEndpointProjectReferences ?? []).flatMap(
    ({ projectReference: { id, name } = {} }) => {
      const same = id
        ? id.toLowerCase() === own.id.toLowerCase()
        : name?.toLowerCase() === own.name.toLowerCase();
      return same || (!id && !name) ? [] : [`project ${name ?? id}`];
    },
  );
  return others.length === 0 && isShared === true ? ['other projects'] : others;
}

/** Uses that permissions allow, beyond those that the code shows. */
function allowedUses(
  access: PipelineAccess,
  { definitions, complete, scope }: IdentityContext,
): IdentityUse[] {
  if (access.allPipelines) {
    return [...definitions.values()].map(draft => ({
      pipeline: draft.ref,
      name: draft.name,
      tiers: tiersOf(draft),
    }));
  }
  return access.pipelines.flatMap((id): IdentityUse[] => {
    const draft = definitions.get(id);
    if (draft)
      return [{ pipeline: draft.ref, name: draft.name, tiers: tiersOf(draft) }];
    // Permissions outlive deleted pipelines; only a list that is complete says that one is gone.
    if (complete) return [];
    const ref = {
      provider: PROVIDER_ID,
      scope,
      id: `build-${id}`,
    };
    return [{ pipeline: ref, name: `pipeline ${id}`, tiers: ['unknown'] }];
  });
}

/** Why not every pipeline of the project is known. */
function unlisted({ resources }: IdentityContext): UnknownReason {
  const { definitions, releases } = resources.state;
  if (!definitions.known) return definitions.reason;
  if (!releases.known) return releases.reason;
  return {
    code: 'source-unreachable',
    message: 'Not every pipeline of the project could be listed.',
    actor: 'platform-team',
    action: 'See the problems of the project on the health page.',
  };
}

const usedElsewhere = (
  { name }: ServiceConnection,
  projects: string[],
): UnknownReason => ({
  code: 'not-supported',
  message: `The connection ${name} is shared with ${projects.join(
    ', ',
  )}, and which pipelines there use it is not looked up from here.`,
  actor: 'service-owner',
  action: 'Give each project a connection of its own.',
});

function usedBy(id: string, context: IdentityContext): Fact<IdentityUse[]> {
  const { resources, uses } = context;
  const { connections } = resources.state;
  const shown = uses.get(id) ?? [];
  if (!connections.known) return connections;
  // Two connections may wrap one principal.
  const twins = connections.value.filter(
    each => principalId(each, resources.state.organisation) === id,
  );
  const allowed: IdentityUse[] = [];
  let missing: UnknownReason | undefined;
  for (const twin of twins) {
    const access = resources.access({ type: 'endpoint', id: twin.id });
    if (access.known) allowed.push(...allowedUses(access.value, context));
    else missing = access.reason;
    const elsewhere = sharedWith(twin, resources.state.project);
    if (elsewhere.length > 0) missing ??= usedElsewhere(twin, elsewhere);
  }
  missing ??= context.unreadRelease;
  const all = mergeUses([...shown, ...allowed]);
  // What is not known could only add more, so several are enough to say so.
  if (missing && all.length <= 1) return unknown(missing);
  if (!context.complete && all.length <= 1) return unknown(unlisted(context));
  return known(all, {
    source: 'GET {project}/_apis/pipelines/pipelinepermissions/endpoint/{id}',
    field: 'pipelines',
  });
}

function withSharing(
  connection: ServiceConnection,
  trust: Fact<string[]>,
  own: { id: string; name: string },
): Fact<string[]> {
  const others = sharedWith(connection, own);
  if (others.length === 0) return trust;
  // Whoever else is trusted could only add to this.
  return known(
    [
      ...(trust.known ? trust.value : []),
      `Pipelines of ${others.join(', ')} can use it: the connection is shared.`,
    ],
    [
      ...(trust.known ? trust.evidence : []),
      {
        source: 'GET {project}/_apis/serviceendpoint/endpoints',
        field: 'serviceEndpointProjectReferences',
        observed: others.join(', '),
      },
    ],
  );
}

function identityOf(
  connection: ServiceConnection,
  context: IdentityContext,
): Identity {
  const { resources } = context;
  const id = principalId(connection, resources.state.organisation);
  const told = { azure: resources.state.azure, now: context.now };
  const credential = credentialOf(connection, told);
  return {
    id,
    name: connection.name,
    type: 'service connection',
    purposes: purposesOf(connection),
    credential,
    grants: grantsOf(connection, told.azure),
    usedBy: usedBy(id, context),
    openTrust: withSharing(
      connection,
      openTrustOf(connection, credential, told),
      resources.state.project,
    ),
    url: resources.connectionUrl(connection),
  };
}

/** An identity of which nothing can be said but that there is one. */
function unknownIdentity(name: string, reason: UnknownReason): Identity {
  return {
    id: `unresolved:${name.toLowerCase()}`,
    name,
    type: 'service connection',
    purposes: [],
    credential: unknown(reason),
    grants: unknown(reason),
    usedBy: unknown(reason),
    openTrust: unknown(reason),
  };
}

const forSource = (identity: Identity): Identity => ({
  ...identity,
  type: 'repository connection',
  purposes: ['source'],
});

/** A repository on another host is fetched with a connection of its own. */
function sourceIdentity(
  draft: PipelineDraft,
  context: IdentityContext,
): Identity[] {
  if (!draft.sourceConnection) return [];
  const found = context.resources.connection(draft.sourceConnection);
  const identity = found.known
    ? identityOf(found.value, context)
    : unknownIdentity('of the source repository', found.reason);
  return [forSource(identity)];
}

/** Everything that a pipeline can act as. */
export function identitiesFact(
  { draft, stages, connections }: Assembled,
  context: IdentityContext,
): Fact<Identity[]> {
  if (!stages.known) return stages;
  const identities = new Map<string, Identity>();
  const add = (identity: Identity) => {
    if (!identities.has(identity.id)) identities.set(identity.id, identity);
  };
  for (const { reading } of stages.value) {
    for (const gap of [
      ...reading.gaps,
      ...reading.jobs.flatMap(job => job.gaps),
    ]) {
      add(
        unknownIdentity(
          'in a part that could not be resolved',
          reasonOfGap(gap),
        ),
      );
    }
    for (const job of reading.jobs) {
      for (const found of connectionsOf(job, context.resources)) {
        if (found.known) add(identityOf(found.value, context));
        else add(unknownIdentity(nameIn(found.reason), found.reason));
      }
    }
  }
  for (const { connection, forCode } of connections) {
    const identity = connection.known
      ? identityOf(connection.value, context)
      : unknownIdentity(nameIn(connection.reason), connection.reason);
    add(forCode ? forSource(identity) : identity);
  }
  sourceIdentity(draft, context).forEach(add);
  return known([...identities.values()], stages.evidence);
}

/** The name that a reason is about, to tell two unknown connections apart. */
function nameIn({ message }: UnknownReason): string {
  return /"([^"]*)"/.exec(message)?.[1] ?? 'of unknown name';
}
