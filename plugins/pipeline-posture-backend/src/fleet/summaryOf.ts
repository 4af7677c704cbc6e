import {
  COMPLIANCES,
  FleetSummary,
  GRADES,
  PipelineFilter,
  SEVERITIES,
} from 'backstage-plugin-pipeline-posture-common';
import { FleetView } from './FleetView';
import { controlOf, severityOf, SHOWN, shownOf } from './outcome';

const FAIL = SHOWN.indexOf('fail');
const UNKNOWN = SHOWN.indexOf('unknown');

const zeros = <K extends string>(keys: readonly K[]) =>
  Object.fromEntries(keys.map(key => [key, 0])) as Record<K, number>;

/** Numbers over all pipelines that match. */
export function summaryOf(
  view: FleetView,
  query: PipelineFilter,
): Omit<FleetSummary, 'policy' | 'asOf'> {
  const summary = {
    pipelines: 0,
    byGrade: zeros(GRADES),
    byCompliance: zeros(COMPLIANCES),
    byProvider: {} as Record<string, number>,
    failingBySeverity: zeros(SEVERITIES),
    controls: [] as FleetSummary['controls'],
    linked: 0,
  };
  const failing = new Map<number, number>();
  const unknown = new Map<number, number>();
  const add = (counts: Map<number, number>, key: number) =>
    counts.set(key, (counts.get(key) ?? 0) + 1);
  for (const pipeline of view.matching(query)) {
    summary.pipelines += 1;
    summary.byGrade[GRADES[pipeline.grade]] += 1;
    summary.byCompliance[COMPLIANCES[pipeline.compliance]] += 1;
    summary.byProvider[pipeline.provider] =
      (summary.byProvider[pipeline.provider] ?? 0) + 1;
    if (view.fleet.entitiesOf(pipeline).length > 0) summary.linked += 1;
    let severities = 0;
    for (const bits of pipeline.outcome) {
      const shown = shownOf(bits);
      if (shown === FAIL) {
        add(failing, controlOf(bits));
        severities |= 1 << severityOf(bits);
      } else if (shown === UNKNOWN) add(unknown, controlOf(bits));
    }
    SEVERITIES.forEach((severity, i) => {
      if (severities & (1 << i)) summary.failingBySeverity[severity] += 1;
    });
  }
  summary.controls = [...new Set([...failing.keys(), ...unknown.keys()])]
    .map(number => ({
      controlId: view.fleet.controls.get(number) ?? String(number),
      failing: failing.get(number) ?? 0,
      unknown: unknown.get(number) ?? 0,
    }))
    .sort(
      (a, b) =>
        b.failing - a.failing ||
        b.unknown - a.unknown ||
        (a.controlId < b.controlId ? -1 : 1),
    );
  return summary;
}
