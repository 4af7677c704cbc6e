import {
  ControlMetadata,
  DIMENSIONS,
  FindingView,
  SEVERITIES,
} from 'backstage-plugin-pipeline-posture-common';
import { ResultRecord } from '../evaluation/assessment';
import { FleetView } from '../fleet/FleetView';
import { controlOf, dimensionOf, severityOf } from '../fleet/outcome';
import { SummaryRow, toFindingView } from './views';

/** What stands where a sentence would: of results that needed no work only the result is kept. */
const NOT_KEPT = 'What was seen then is not kept; the result is.';

/** Severity and dimension that controls had for a pipeline at the time of a fleet, by control. */
function rulesOf(view: FleetView, id: string) {
  const { controls } = view.fleet;
  return new Map(
    [...(view.fleet.pipeline(id)?.outcome ?? [])].flatMap(bits => {
      const controlId = controls.get(controlOf(bits));
      if (controlId === undefined) return [];
      const severity = SEVERITIES[severityOf(bits)];
      const dimension = DIMENSIONS[dimensionOf(bits)];
      return [[controlId, { severity, dimension }] as const];
    }),
  );
}

/**
 * Controls that passed, or did not apply, at the end of a day. Only a result that was recorded as such is one:
 * a control that did not exist then, or whose result is not kept, is left out.
 *
 * @param view - the fleet of that day
 * @param controls - those of today, for titles; one that is gone since is called by its id
 */
export function quietFindingsOf(
  row: SummaryRow,
  view: FleetView,
  controls: readonly ControlMetadata[],
): FindingView[] {
  const rules = rulesOf(view, row.id);
  const known = new Map(controls.map(control => [control.id, control]));
  const { id, name, provider } = row;
  const pipeline = { id, name, provider, stale: row.stale_since !== null };
  return (JSON.parse(row.results) as ResultRecord[]).flatMap(record => {
    const { controlId, status, since } = record;
    if (status !== 'pass' && status !== 'not-applicable') return [];
    const control = known.get(controlId);
    const rule = rules.get(controlId) ?? control;
    if (!rule) return [];
    const finding = {
      controlId,
      title: control?.title ?? controlId,
      dimension: rule.dimension,
      severity: rule.severity,
      lifecycle: record.preview ? ('preview' as const) : ('active' as const),
      status,
      instances: [
        {
          status,
          subject: name,
          observed: NOT_KEPT,
          expected: control?.measure ?? '',
          evidence: [],
        },
      ],
      actor: control?.actor ?? 'service-owner',
      since,
      lastDecided: record.lastDecided,
      stale: record.stale ?? false,
      preview: record.preview ?? false,
      exempt: false,
      gainIfFixed: 0,
    };
    // There is no evidence whose hash could be given.
    return [toFindingView(finding, pipeline, { evidence: false })];
  });
}
