import { PipelineDetail } from 'backstage-plugin-pipeline-posture-common';

const LEVELS = {
  critical: 'error',
  high: 'error',
  medium: 'warning',
  low: 'note',
} as const;

/** A path in a repository as the relative reference that SARIF wants: relative, and with no character that means something else there. */
const uriOf = (file: string) =>
  file
    .split(/[\\/]+/)
    .filter(Boolean)
    // Half of a pair of units, which no address can hold, becomes the sign for what cannot be read.
    .map(part => encodeURIComponent(Buffer.from(part).toString()))
    .join('/');

/** Findings of a pipeline as SARIF 2.1.0, for tools that show code scanning results. */
export function toSarif({ pipeline, findings, controls }: PipelineDetail) {
  const open = findings.filter(f => f.status === 'fail');
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'Pipeline Posture',
            rules: controls.map(control => ({
              id: control.id,
              shortDescription: { text: control.title },
              fullDescription: { text: control.why },
              helpUri: control.remediation[pipeline.provider]?.docsUrl,
              defaultConfiguration: { level: LEVELS[control.severity] },
              properties: {
                tags: ['security', control.dimension],
                severity: control.severity,
              },
            })),
          },
        },
        results: open.flatMap(finding =>
          finding.instances
            .filter(instance => instance.status === 'fail')
            .map(instance => {
              const place = instance.evidence.find(e => e.location)?.location;
              return {
                ruleId: finding.controlId,
                // What does not count yet must not fail a build.
                level: finding.preview ? 'note' : LEVELS[finding.severity],
                message: { text: `${instance.observed} ${instance.expected}` },
                ...(finding.exempt && {
                  suppressions: [{ kind: 'external', status: 'accepted' }],
                }),
                locations: [
                  {
                    ...(place && {
                      physicalLocation: {
                        artifactLocation: { uri: uriOf(place.file) },
                        region: { startLine: place.line ?? 1 },
                      },
                    }),
                    logicalLocations: [
                      {
                        name: instance.subject,
                        fullyQualifiedName: `${pipeline.name}/${instance.subject}`,
                      },
                    ],
                  },
                ],
              };
            }),
        ),
      },
    ],
  };
}
