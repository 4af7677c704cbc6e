import {
  Fact,
  IdentityUse,
  known,
  Tier,
  unknown,
  UnknownReason,
} from 'backstage-plugin-pipeline-posture-common';
import { ScopeReadings } from '../collect/readings';
import { accountOf } from './arns';
import { actionsOf, PipelineModel } from './pipelineModel';

/** Which pipelines of a scope run with which role, and where they deploy with it. */
export class RoleUsage {
  static create(
    models: readonly PipelineModel[],
    readings: Pick<ScopeReadings, 'scopeId' | 'accountId'>,
  ): RoleUsage {
    const uses = new Map<string, Map<string, Set<Tier | 'unknown'>>>();
    const unread = new Map<string, UnknownReason>();
    const note = (arn: string, pipeline: string, tier?: Tier | 'unknown') => {
      const pipelines =
        uses.get(arn) ?? new Map<string, Set<Tier | 'unknown'>>();
      const tiers = pipelines.get(pipeline) ?? new Set();
      if (tier) tiers.add(tier);
      uses.set(arn, pipelines.set(pipeline, tiers));
    };
    for (const model of models) {
      const { name, roleArn } = model.definition;
      note(roleArn, name);
      for (const { action, roles, deploying, tier } of actionsOf(model)) {
        if (!roles.known) {
          // A worker outside of AWS has no role of the account.
          if (action.owner !== 'AWS') continue;
          // A build or a deployment has its role in the account that it runs in.
          const account = accountOf(action.roleArn) ?? readings.accountId;
          if (!unread.has(account)) unread.set(account, roles.reason);
          continue;
        }
        for (const { arn, usable } of roles.value) {
          const where = tier.known ? tier.value : 'unknown';
          note(arn, name, deploying && usable ? where : undefined);
        }
      }
    }
    return new RoleUsage(uses, unread, readings.scopeId);
  }

  private constructor(
    private readonly uses: ReadonlyMap<
      string,
      ReadonlyMap<string, ReadonlySet<Tier | 'unknown'>>
    >,
    private readonly unread: ReadonlyMap<string, UnknownReason>,
    private readonly scopeId: string,
  ) {}

  /**
   * Pipelines with a role. Where the roles of some actions are not known, a role that
   * seems to serve one pipeline may serve more.
   */
  of(roleArn: string): Fact<IdentityUse[]> {
    const uses = this.#known(roleArn);
    const unread = this.unread.get(accountOf(roleArn) ?? '');
    return unread && uses.length < 2
      ? unknown(unread)
      : known(uses, { source: 'codepipeline:GetPipeline' });
  }

  #known(roleArn: string): IdentityUse[] {
    return [...(this.uses.get(roleArn) ?? [])].map(([name, tiers]) => ({
      pipeline: { provider: 'aws-codepipeline', scope: this.scopeId, id: name },
      name,
      tiers: [...tiers],
    }));
  }
}
