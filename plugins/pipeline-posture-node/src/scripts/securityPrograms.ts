/** What a tool does with what it finds: it stops if told so, unless told otherwise, or never. */
export interface Tool {
  pattern: RegExp;
  tool: string;
  /** Only with this it looks for anything. */
  looksWith?: RegExp;
  /** It reports and succeeds unless it is told to fail. */
  needs?: RegExp;
  /** Who says whether it fails where its command does not. */
  decidedBy?: string;
  /** With this it succeeds whatever it finds. */
  soft?: RegExp;
  /** It never fails because of what it finds; the script around it may. */
  reports?: true;
}

/** A program by its name, with its ending on Windows, its version or as an image of a container. */
const program = (name: string) =>
  new RegExp(`\\b${name}(?:\\.exe|\\.cmd|[:@][\\w.-]+)?\\s`);

export const TOOLS: Tool[] = [
  {
    pattern: program('trivy'),
    tool: 'Trivy',
    needs: /--exit-code[= ]+["']?[1-9]/,
  },
  { pattern: program('grype'), tool: 'Grype', needs: /\s(--fail-on|-f)\b/ },
  {
    pattern: /\bsnyk(?:\.exe|@[\w.-]+)?\s+(test|code|container|iac|monitor)/,
    tool: 'Snyk',
    soft: /\smonitor\b/,
  },
  {
    pattern: program('semgrep'),
    tool: 'Semgrep',
    needs: /\bsemgrep\S*\s+ci\b|\s--error\b/,
  },
  {
    pattern: program('gitleaks'),
    tool: 'Gitleaks',
    soft: /--exit-code[= ]+["']?0/,
  },
  { pattern: program('trufflehog'), tool: 'TruffleHog', needs: /\s--fail\b/ },
  { pattern: program('detect-secrets'), tool: 'detect-secrets', reports: true },
  {
    pattern: program('checkov'),
    tool: 'Checkov',
    soft: /\s(--soft-fail(?!-)|-s(\s|$))/,
  },
  {
    pattern: program('tfsec'),
    tool: 'tfsec',
    soft: /\s(--soft-fail(?!-)|-s(\s|$))/,
  },
  {
    pattern: program('kics'),
    tool: 'KICS',
    soft: /--ignore-on-exit[= ]+(all|results)/,
  },
  { pattern: program('codeql'), tool: 'CodeQL', reports: true },
  { pattern: program('bandit'), tool: 'Bandit', soft: /--exit-zero/ },
  { pattern: program('gosec'), tool: 'gosec', soft: /\s--?no-fail/ },
  { pattern: program('govulncheck'), tool: 'govulncheck' },
  { pattern: program('osv-scanner'), tool: 'OSV-Scanner' },
  { pattern: program('pip[-_]audit'), tool: 'pip-audit' },
  { pattern: /\bcargo\s+audit(?![\w:.-])/, tool: 'cargo audit' },
  {
    pattern: /\b(npm|pnpm|yarn)(\s+npm)?\s+audit(?![\w:.-])/,
    tool: 'npm audit',
    soft: /--audit-level[= ]+none/,
  },
  {
    pattern: /\bdotnet\s+(list|package\s+list)\b/,
    tool: 'dotnet list --vulnerable',
    looksWith: /--vulnerable/,
    reports: true,
  },
  {
    pattern: /\bdependency-check(\.sh|\.bat)?\s/,
    tool: 'OWASP Dependency-Check',
    needs: /--failOnCVSS/i,
  },
  // What runs is the build tool: a goal or a task of others may stand before.
  {
    pattern: /\bmvnw?(?:\.cmd)?\s/,
    looksWith:
      /(?<![\w.-])(?:org\.owasp:)?dependency-check(?:-maven)?(?::[\w.-]+)?:(?:check|aggregate)(?![\w.-])/,
    tool: 'OWASP Dependency-Check',
    // Scores end at 10, and the goals take 11 unless the command or the POM says otherwise.
    needs:
      /\s["']?-DfailBuildOn(?:CVSS=["']?(?:10(?:\.0+)?|\d(?:\.\d+)?)(?![\w.])|AnyVulnerability(?:=["']?true|(?=["'\s]|$)))/,
    decidedBy: 'failBuildOnCVSS in the POM of the project',
    soft: /\s(?:["']?-DfailBuildOnCVSS=["']?(?:1[1-9]|[2-9]\d|\d{3})|["']?-Ddependency-check\.skip(?:=["']?true|(?=["'\s]|$))|-fn(?=\s|$)|--fail-never\b)/,
  },
  {
    pattern: /\bgradlew?(?:\.bat)?\s/,
    // Not where it is left out: `-x dependencyCheckAnalyze`.
    looksWith:
      /(?<!\s(?:-x|--exclude-task)[= ]+["']?[\w:]{0,100})\bdependencyCheck(?:Analyze|Aggregate)\b/,
    tool: 'OWASP Dependency-Check',
    decidedBy: 'failBuildOnCVSS in the build script of the project',
    soft: /\s(?:-m(?=\s|$)|--dry-run\b)/,
  },
  { pattern: /\bzap-(baseline|full-scan)/, tool: 'OWASP ZAP' },
  { pattern: /\bcfn[-_]nag(?:_scan)?\s/, tool: 'cfn-nag' },
  {
    pattern: program('cfn-guard'),
    looksWith: /\bcfn-guard\S*\s.{0,200}\bvalidate\b/,
    tool: 'cfn-guard',
  },
  {
    pattern: /\bgit[- ]secrets\s/,
    looksWith: /\s--scan(-history)?\b/,
    tool: 'git-secrets',
  },
  {
    pattern: program('terrascan'),
    looksWith: /\sscan\b/,
    tool: 'Terrascan',
  },
  {
    pattern: program('prowler'),
    tool: 'Prowler',
    soft: /\s(-z|--ignore-exit-code-3)(?=\s|$)/,
  },
  {
    pattern: program('sonar-scanner'),
    tool: 'SonarQube',
    needs: /\s["']?-Dsonar\.qualitygate\.wait(=["']?true|(?=["'\s]|$))/,
    decidedBy: 'sonar.qualitygate.wait in the properties of the project',
    soft: /\s["']?-Dsonar\.qualitygate\.wait=["']?false/,
  },
  {
    pattern: /\baws\s+(?:\S+\s+){0,6}codeguru-security\s/,
    tool: 'Amazon CodeGuru Security',
    reports: true,
  },
];
