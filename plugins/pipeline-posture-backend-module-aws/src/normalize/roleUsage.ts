import { IdentityUse, Tier } from 'backstage-plugin-pipeline-posture-common';
import { ScopeReadings } from '../collect/readings';
import { actionsOf, PipelineModel } from './pipelineModel';

/** Which pipelines of a scope run with which role, and where they deploy with it. */
export class RoleUsage {
  static create(
    models: readonly PipelineModel[],
    readings: Pick<ScopeReadings, 'scopeId'>,
  ): RoleUsage {
    const uses = new Map<string, Map<string, Set<Tier | 'unknown'>>>();
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
      for (const { roles, deploying, tier } of actionsOf(model)) {
        if (!roles.known) continue;
        for (const { arn, usable } of roles.value) {
          const where = tier.known ? tier.value : 'unknown';
          note(arn, name, deploying && usable ? where : undefined);
        }
      }
    }
    return new RoleUsage(uses, readings.scopeId);
  }

  private constructor(
    private readonly uses: ReadonlyMap<
      string,
      ReadonlyMap<string, ReadonlySet<Tier | 'unknown'>>
    >,
    private readonly scopeId: string,
  ) {}

  of(roleArn: string): IdentityUse[] {
    return [...(this.uses.get(roleArn) ?? [])].map(([name, tiers]) => ({
      pipeline: { provider: 'aws-codepipeline', scope: this.scopeId, id: name },
      name,
      tiers: [...tiers],
    }));
  }
}
