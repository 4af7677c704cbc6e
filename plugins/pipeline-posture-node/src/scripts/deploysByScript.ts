import { innerScripts, ScriptCommand, statementsOf } from './statements';

/** A tool with what it must be told, in the same command, to change something that runs. */
interface DeployCommand {
  tool: RegExp;
  verb: RegExp;
  /** With this it changes nothing after all. */
  unless?: RegExp;
}

const COMMANDS: DeployCommand[] = [
  {
    tool: /\b(kubectl|oc)(\.exe|:[\w.-]+)?\s(?!\s*config\b)/i,
    verb: /\s(apply|set|rollout\s+(restart|undo)|create|replace|patch|scale)(?![\w./-])/i,
    unless: /\sauth\s+can-i\s/,
  },
  {
    tool: /\bhelm(\.exe|:[\w.-]+)?\s(?!\s*(plugin|repo|dependency)\b)/i,
    verb: /\s(upgrade|install|rollback)(?![\w./-])/i,
    unless: /\sdiff\s/,
  },
  {
    tool: /\b(terraform|terragrunt|tofu|helmfile)(\.exe|:[\w.-]+)?\s/i,
    verb: /\s(apply|destroy)(?![\w./-])/i,
  },
  {
    tool: /\baz(\.cmd)?\s/i,
    verb: /\s(deploy|([a-z]+-)?deployment|up|containerapp\s+update|config\s+container\s+set)(?![\w./-])/i,
    unless:
      /\sdeployment(\s+[a-z]+)?\s+(what-if|validate|show|list|export|wait)(?![\w./])|\s--(what-if|help)\b/i,
  },
  {
    tool: /\b(New-Az\w{0,40}Deployment|Publish-AzWebApp)\s/i,
    verb: /\s/,
    unless: /\s-WhatIf\b/i,
  },
  {
    tool: /\b(sqlpackage|msdeploy)(\.exe)?["'\s]/i,
    verb: /[/-](a|action|verb):["']?(publish|sync)\b/i,
    unless: /\s-whatif\b/i,
  },
  { tool: /\bazd\s/i, verb: /\s(up|deploy|provision)(?![\w./-])/i },
  { tool: /\bfunc\s+azure\s/i, verb: /\spublish(?![\w./-])/i },
  {
    tool: /\baws\s/i,
    verb: /\s(cloudformation\s+(deploy|create-stack|update-stack|execute-change-set)|ecs\s+(update-service|deploy)|lambda\s+update-function-code|deploy\s+create-deployment|elasticbeanstalk\s+update-environment)(?![\w./-])/i,
    unless: /\s--no-execute-changeset\b/,
  },
  { tool: /\bpulumi\s/i, verb: /\s(up|destroy)(?![\w./-])/i },
  {
    tool: /\b(cdk|cdktf|serverless|sls|sam|eb|copilot|gcloud|docker\s+stack|firebase|netlify|flyctl|swa|vercel|wrangler|databricks\s+bundle)\s/i,
    verb: /\sdeploy(?![\w./-])/i,
    unless: /\s--no-execute(-changeset)?\b/,
  },
  { tool: /\bcf\s/i, verb: /\spush(?![\w./-])/i },
  {
    tool: /\bansible-playbook\s/i,
    verb: /\s/,
    unless: /\s(--check|-C|--syntax-check|--version|--list-\w+)(?![\w-])/,
  },
];
// What the run decides may be that it does more than to try.
const ONLY_TRIES = /\s--dry-run\b(?!=(none\b|false\b|["']?[$%]))/;
const ONLY_SAYS = /^[\s@({]*(echo|printf|write-\w+)\s(?!.*\$\()/i;

function deploys({ text }: ScriptCommand): boolean {
  if (innerScripts(text).some(({ script }) => deploysByScript(script)))
    return true;
  return (
    !ONLY_TRIES.test(text) &&
    !ONLY_SAYS.test(text) &&
    COMMANDS.some(({ tool, verb, unless }) => {
      const at = text.search(tool);
      return at >= 0 && verb.test(text.slice(at)) && !unless?.test(text);
    })
  );
}

/**
 * True if a script surely deploys. Looked for command by command: what one of
 * them only tries, another may do, and one pattern for all would take the
 * square of a text's length.
 *
 * @public
 */
export function deploysByScript(script: string): boolean {
  return statementsOf(script).some(({ commands }) => commands.some(deploys));
}
