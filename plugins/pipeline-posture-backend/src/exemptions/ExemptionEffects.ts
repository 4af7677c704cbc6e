import {
  ControlResult,
  ExemptionEffect,
  scorePipeline,
  ScoringPolicy,
} from 'backstage-plugin-pipeline-posture-common';
import { Control } from 'backstage-plugin-pipeline-posture-node';
import { SummaryRow } from '../api/views';
import { ResultRecord } from '../evaluation/assessment';

/** Works out what an exemption does to scores, by the one function that scores. */
export class ExemptionEffects {
  readonly #controls: ReadonlyMap<string, Control>;
  readonly #policy: ScoringPolicy;

  constructor(options: {
    controls: readonly Control[];
    policy: ScoringPolicy;
  }) {
    this.#controls = new Map(options.controls.map(c => [c.id, c]));
    this.#policy = options.policy;
  }

  /**
   * Scores of pipelines with a control exempt and with it counting, the weakest first. Pipelines in which there is nothing
   * to exempt are left out.
   */
  of(controlId: string, rows: readonly SummaryRow[]): ExemptionEffect[] {
    return rows
      .flatMap(row => this.#ofPipeline(controlId, row) ?? [])
      .sort(
        (a, b) =>
          a.counting.score - b.counting.score ||
          (a.pipelineId < b.pipelineId ? -1 : 1),
      );
  }

  #ofPipeline(controlId: string, row: SummaryRow): ExemptionEffect | undefined {
    const results = JSON.parse(row.results) as ResultRecord[];
    const found = results.find(result => result.controlId === controlId);
    if (found?.status !== 'fail' && found?.status !== 'unknown')
      return undefined;
    const scored = (exempt: boolean) => {
      const { score, grade } = scorePipeline(
        results.flatMap(result => this.#input(result, controlId, exempt) ?? []),
        this.#policy,
      );
      return { score, grade };
    };
    return {
      pipelineId: row.id,
      pipelineName: row.name,
      exempt: scored(true),
      counting: scored(false),
    };
  }

  #input(
    result: ResultRecord,
    controlId: string,
    exempt: boolean,
  ): ControlResult | undefined {
    const control = this.#controls.get(result.controlId);
    return (
      control && {
        controlId: result.controlId,
        dimension: control.dimension,
        severity: control.severity,
        status: result.status,
        preview: result.preview,
        lastDecided: result.lastDecided,
        exempt: result.controlId === controlId ? exempt : result.exempt,
      }
    );
  }
}
