import { ActionDefinition, BuildProject } from '../collect/definition';

/** Where the commands of a build stand. */
export type BuildspecPlace =
  /** In the action, the project or a bucket: people who only push code cannot change it. */
  | 'central'
  /** In the repository that is built. */
  | 'repository';

/** The buildspec that is really used. */
export interface EffectiveBuildspec {
  place: BuildspecPlace;
  /** Its text where it is inline; redacted. */
  text?: string;
  /** For people: `buildspec.yml in the repository`. */
  description: string;
}

const isInline = (text: string) => /\n|^\s*version\s*:/.test(text);
const isBucketArn = (text: string) => /^arn:[^:]+:s3:::/.test(text);

/** The buildspec of a build: an override of the action, else the project's; an empty one means buildspec.yml in the repository. */
export function effectiveBuildspec(
  action: ActionDefinition,
  project: BuildProject,
): EffectiveBuildspec {
  const override = action.configuration.BuildspecOverride ?? '';
  const text = (override || project.source.buildspec).trim();
  const of = override ? `action ${action.name}` : `project ${project.name}`;
  if (isInline(text)) {
    return { place: 'central', text, description: `inline buildspec of ${of}` };
  }
  if (isBucketArn(text)) {
    return { place: 'central', description: `buildspec of ${of} in Amazon S3` };
  }
  return {
    place: 'repository',
    description: `${text || 'buildspec.yml'} in the repository`,
  };
}

/** Tools that look for security problems, by how commands and names call them. */
const SCANNERS: Array<[tool: string, pattern: RegExp]> = [
  ['Trivy', /\btrivy\b/i],
  ['Grype', /\bgrype\b/i],
  ['Semgrep', /\bsemgrep\b/i],
  ['Checkov', /\bcheckov\b/i],
  ['cfn-nag', /\bcfn[-_]nag/i],
  ['cfn-guard', /\bcfn-guard\b/i],
  ['CodeGuru', /\bcodeguru\b/i],
  ['Snyk', /\bsnyk\b/i],
  ['SonarQube', /\bsonar(qube|cloud|-scanner)?\b/i],
  ['Gitleaks', /\bgitleaks\b/i],
  ['TruffleHog', /\btrufflehog\b/i],
  ['git-secrets', /\bgit-secrets\b/i],
  ['OWASP ZAP', /\b(owasp[- ]?zap|zap-(baseline|full)|zaproxy)\b/i],
  ['Prowler', /\bprowler\b/i],
  ['Bandit', /\bbandit\b/i],
  ['gosec', /\bgosec\b/i],
  ['tfsec', /\btfsec\b/i],
  ['KICS', /\bkics\b/i],
  ['Terrascan', /\bterrascan\b/i],
  ['OSV-Scanner', /\bosv-scanner\b/i],
  ['Dependency-Check', /\bdependency-check\b/i],
  ['npm audit', /\b(npm|yarn|pnpm)( npm)? audit\b/i],
  ['pip-audit', /\bpip-audit\b/i],
  ['CodeQL', /\bcodeql\b/i],
];

/** The first scanner that a text names. */
export function scannerIn(text: string): string | undefined {
  return SCANNERS.find(([, pattern]) => pattern.test(text))?.[0];
}

/** Whether a text makes a bill of materials or signs what is built. */
export function emitsProvenance(text: string): boolean {
  return /\b(syft|cyclonedx|cdxgen|spdx|cosign|signer|notation sign|in-toto|slsa)\b/i.test(
    text,
  );
}

/** Whether commands go on when a scanner finds something. */
export function ignoresResult(text: string): boolean {
  return /\|\|\s*(true|:|echo|exit 0)|on-failure:\s*['"]?CONTINUE|--exit-code[ =]0|--soft-fail|set \+e/i.test(
    text,
  );
}
