/** Tools that look for security problems, by how people call an action that runs them. */
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

const SAYS_SECURITY =
  /(security|secret|vuln|sast|dast|sca(n|nner)?|compliance)([^a-z]|$)/i;

/** The tool that an action is called after; nothing where its name does not tell of security. */
export const toolByName = (name: string): string | undefined =>
  SCANNERS.find(([, pattern]) => pattern.test(name))?.[0] ??
  (SAYS_SECURITY.test(name) ? 'a security test by its name' : undefined);
