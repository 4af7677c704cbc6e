import { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import {
  Fact,
  known,
  Tier,
  unknown,
} from 'backstage-plugin-pipeline-posture-common';

/**
 * What is known of a target, from the most to the least telling.
 *
 * @public
 */
export interface TargetDescription {
  /** Names and ids that an operator may have mapped: environment, subscription, account id, cluster, region, stage. */
  names: string[];
  /** Tags of the target or the pipeline, by lower-case key. */
  tags?: { [key: string]: string };
  /** For people: `stage Deploy`. */
  subject: string;
}

const DEFAULT_PRODUCTION = ['prod', 'production', 'prd', 'live'];
const DEFAULT_NON_PRODUCTION = [
  'nonprod',
  'nonproduction',
  'preprod',
  'preproduction',
  'dev',
  'devel',
  'development',
  'test',
  'testing',
  'tst',
  'qa',
  'uat',
  'int',
  'integration',
  'sit',
  'stg',
  'staging',
  'sandbox',
  'beta',
  'gamma',
  'acceptance',
  'acc',
  'demo',
  'preview',
  'perf',
  'ci',
];
/** `pre prod`, `non-production`. */
const NEGATIONS = new Set(['pre', 'non', 'not', 'no']);
const TAG_KEYS = ['environment', 'env', 'stage', 'tier'];

/** `PaymentsProd-EU` → payments, prod, eu; `pre-prod` → pre, prod. */
function tokensOf(name: string): string[] {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .toLocaleLowerCase('en-US')
    .split(/[^a-z0-9]+/)
    .map(token => token.replace(/\d+$/, '') || token)
    .filter(token => token !== '');
}

/**
 * Decides whether a target is production, for every provider in the same way:
 * what the operator mapped first, then tags, then the tokens of names.
 *
 * @public
 */
export class ProductionClassifier {
  readonly #mapped: ReadonlyMap<string, Tier>;
  readonly #production: ReadonlySet<string>;
  readonly #nonProduction: ReadonlySet<string>;

  /**
   * Reads `pipelinePosture.production`.
   *
   * @throws InputError that names the key, if a name is mapped to both tiers or a list is not a list of texts
   */
  static fromConfig(config: Config): ProductionClassifier {
    const read = (key: string) =>
      config.getOptionalStringArray(`pipelinePosture.production.${key}`) ?? [];
    const mapped = new Map<string, Tier>();
    for (const name of read('names')) {
      mapped.set(name.toLocaleLowerCase('en-US'), 'production');
    }
    for (const name of read('nonProductionNames')) {
      const key = name.toLocaleLowerCase('en-US');
      if (mapped.has(key)) {
        throw new InputError(
          `pipelinePosture.production: '${name}' stands in both 'names' and 'nonProductionNames'; leave it in one of them`,
        );
      }
      mapped.set(key, 'non-production');
    }
    return new ProductionClassifier(
      mapped,
      new Set([
        ...DEFAULT_PRODUCTION,
        ...read('tokens').map(t => t.toLocaleLowerCase('en-US')),
      ]),
      new Set([
        ...DEFAULT_NON_PRODUCTION,
        ...read('nonProductionTokens').map(t => t.toLocaleLowerCase('en-US')),
      ]),
    );
  }

  private constructor(
    mapped: ReadonlyMap<string, Tier>,
    production: ReadonlySet<string>,
    nonProduction: ReadonlySet<string>,
  ) {
    this.#mapped = mapped;
    this.#production = production;
    this.#nonProduction = nonProduction;
  }

  /**
   * The tier of a target, with what decided it; unknown if nothing does or if its names disagree.
   */
  classify(target: TargetDescription): Fact<Tier> {
    for (const name of target.names) {
      const tier = this.#mapped.get(name.toLocaleLowerCase('en-US'));
      if (tier) {
        return known(tier, {
          source: 'configuration pipelinePosture.production',
          observed: name,
        });
      }
    }
    for (const key of TAG_KEYS) {
      const value = target.tags?.[key];
      const tier = value === undefined ? undefined : this.#byTokens(value);
      if (tier) return known(tier, { source: `tag ${key}`, observed: value });
    }
    const votes = target.names.flatMap(name => {
      const tier = this.#byTokens(name);
      return tier ? [{ name, tier }] : [];
    });
    const [first, ...others] = votes;
    if (first && others.every(vote => vote.tier === first.tier)) {
      return known(first.tier, { source: 'name', observed: first.name });
    }
    const why = first
      ? `its names disagree (${votes
          .map(v => `"${v.name}" reads as ${v.tier}`)
          .join(', ')})`
      : 'no name, tag or setting says so';
    return unknown({
      code: 'not-classified',
      message: `Nothing decides whether ${target.subject} is production: ${why}.`,
      actor: 'platform-team',
      action: `Name it in pipelinePosture.production.names or .nonProductionNames (${target.names
        .map(name => `"${name}"`)
        .join(', ')}).`,
    });
  }

  /** A name that says both ("prod-test") decides nothing. */
  #byTokens(name: string): Tier | undefined {
    const tokens = tokensOf(name);
    const seen = new Set<Tier>();
    for (let i = 0; i < tokens.length; i++) {
      const token = tokens[i];
      if (NEGATIONS.has(token) && this.#production.has(tokens[i + 1] ?? '')) {
        seen.add('non-production');
        i += 1;
      } else if (this.#production.has(token)) {
        seen.add('production');
      } else if (this.#nonProduction.has(token)) {
        seen.add('non-production');
      }
    }
    if (seen.size === 0 && tokens.includes('stage')) return 'non-production';
    return seen.size === 1 ? [...seen][0] : undefined;
  }
}
