import { createHash } from 'node:crypto';
import {
  Finding,
  PipelineSnapshot,
  reachesProduction,
  ResultStatus,
  SCORING_VERSION,
  scorePipeline,
  ScoringPolicy,
} from 'backstage-plugin-pipeline-posture-common';
import {
  Control,
  evaluateControls,
} from 'backstage-plugin-pipeline-posture-node';
import {
  AssessedFinding,
  Assessment,
  ExemptControls,
  PreviousAssessment,
  ResultRecord,
} from './assessment';
import { fingerprintOf } from './fingerprintOf';

const isDecided = (status: ResultStatus): status is 'pass' | 'fail' =>
  status === 'pass' || status === 'fail';

const isOpen = ({ status }: Finding) =>
  status === 'fail' || status === 'unknown';

/** Reasons that pass by themselves: what was decided before is worth more for a while. */
const PASSING_TROUBLE = new Set(['throttled', 'source-unreachable']);

/**
 * Turns snapshots into findings and a score: the controls, the scoring policy and what was known before.
 */
export class PostureAssessor {
  readonly #controls: readonly Control[];
  readonly #policy: ScoringPolicy;
  readonly #expireAfterMs: number;
  /** Identifies controls and policy; another one can give other results for the same snapshot. */
  readonly rubric: string;

  static create(options: {
    controls: readonly Control[];
    disabledControls: ReadonlyMap<string, string>;
    policy: ScoringPolicy;
    expireAfterMs: number;
  }): PostureAssessor {
    return new PostureAssessor(
      options.controls.filter(({ id }) => !options.disabledControls.has(id)),
      options.policy,
      options.expireAfterMs,
    );
  }

  private constructor(
    controls: readonly Control[],
    policy: ScoringPolicy,
    expireAfterMs: number,
  ) {
    this.#controls = controls;
    this.#policy = policy;
    this.#expireAfterMs = expireAfterMs;
    this.rubric = createHash('sha256')
      .update(
        JSON.stringify([
          SCORING_VERSION,
          policy,
          controls.map(c => [
            c.id,
            c.severity,
            c.dimension,
            c.lifecycle,
            c.measure,
          ]),
        ]),
      )
      .digest('hex')
      .slice(0, 12);
  }

  /** The controls that are evaluated. */
  get controls(): readonly Control[] {
    return this.#controls;
  }

  /**
   * @param now - time of the run, for `since` and for how long a result may be carried over
   */
  assess(
    snapshot: PipelineSnapshot,
    previous: PreviousAssessment | undefined,
    now: Date,
    exempt: ExemptControls = new Map(),
  ): Assessment {
    const before = new Map(
      previous?.results.map(r => [
        r.controlId,
        {
          ...r,
          decidedAt:
            r.decidedAt ??
            (isDecided(r.status) ? previous.collectedAt : undefined),
        },
      ]),
    );
    const beforeFindings = new Map(
      previous?.findings.map(f => [f.controlId, f]),
    );
    const fresh = evaluateControls(this.#controls, snapshot);
    const records: ResultRecord[] = [];
    const lapsed: string[] = [];
    const findings = fresh.map(evaluated => {
      const last = before.get(evaluated.controlId);
      const finding = this.#carryOver(
        evaluated,
        last,
        beforeFindings.get(evaluated.controlId),
        now,
      );
      const record = this.#record(finding, evaluated !== finding, last, now);
      const tolerated = exempt.get(finding.controlId);
      if (tolerated !== undefined) {
        // What passes is no longer what was tolerated; if it fails again, somebody must decide again.
        if (isOpen(finding) && tolerated === fingerprintOf(finding))
          record.exempt = true;
        else lapsed.push(finding.controlId);
      }
      records.push(record);
      return { finding, record };
    });
    const posture = scorePipeline(
      findings.map(({ finding, record }) => ({
        controlId: finding.controlId,
        dimension: finding.dimension,
        severity: finding.severity,
        status: finding.status,
        preview: record.preview,
        exempt: record.exempt,
        lastDecided: record.lastDecided,
      })),
      this.#policy,
    );
    const gains = new Map(
      posture.contributions.map(c => [c.controlId, c.gainIfFixed]),
    );
    return {
      lapsed,
      posture,
      results: records,
      reaches: reachesProduction(snapshot),
      rubric: this.rubric,
      findings: findings.map(({ finding, record }) => ({
        ...finding,
        since: record.since,
        lastDecided: record.lastDecided,
        stale: record.stale ?? false,
        preview: record.preview ?? false,
        exempt: record.exempt ?? false,
        gainIfFixed: gains.get(finding.controlId) ?? 0,
      })),
    };
  }

  #carryOver(
    finding: Finding,
    last: ResultRecord | undefined,
    lastFinding: AssessedFinding | undefined,
    now: Date,
  ): Finding {
    const reason = finding.instances.find(i => i.status === 'unknown')?.reason;
    if (
      finding.status !== 'unknown' ||
      !reason ||
      !PASSING_TROUBLE.has(reason.code) ||
      !last?.decidedAt ||
      (last.status !== 'pass' && last.status !== 'fail') ||
      now.getTime() - Date.parse(last.decidedAt) > this.#expireAfterMs
    ) {
      return finding;
    }
    if (lastFinding && lastFinding.status === last.status) {
      const { instances, status, actor } = lastFinding;
      return { ...finding, instances, status, actor };
    }
    const { subject, expected } = finding.instances[0];
    return {
      ...finding,
      status: last.status,
      instances: [
        {
          status: last.status,
          subject,
          expected,
          observed: `It was ${
            last.status === 'pass' ? 'passing' : 'failing'
          } when it could last be checked. ${reason.message}`,
          evidence: [],
        },
      ],
    };
  }

  #record(
    finding: Finding,
    carried: boolean,
    last: ResultRecord | undefined,
    now: Date,
  ): ResultRecord {
    const { controlId, status } = finding;
    const decided = isDecided(status);
    const lastDecided = isDecided(status) ? status : last?.lastDecided;
    const decidedAt = decided && !carried ? undefined : last?.decidedAt;
    return {
      controlId,
      status,
      since: last?.status === status ? last.since : now.toISOString(),
      ...(lastDecided && { lastDecided }),
      ...(decidedAt && { decidedAt }),
      ...(carried && { stale: true }),
      ...(this.#isPreview(controlId, now) && { preview: true }),
    };
  }

  #isPreview(controlId: string, now: Date): boolean {
    const control = this.#controls.find(({ id }) => id === controlId);
    if (control?.lifecycle !== 'preview') return false;
    return !control.activeFrom || now < new Date(control.activeFrom);
  }
}
