import { UnitKind } from 'backstage-plugin-pipeline-posture-common';

/**
 * Where a task publishes what was built. The tasks for artifacts keep it in the
 * run unless an input says that it goes to a file share.
 *
 * @param input - the value of an input, by its name in lower case
 */
export function publishesTo(
  task: string,
  input: (name: string) => string | undefined,
): 'run' | 'share' | 'unknown' | undefined {
  if (!/^Publish(Build|Pipeline)Artifacts?$/i.test(bareTaskName(task)))
    return undefined;
  const place = (
    input('publishlocation') ??
    input('artifacttype') ??
    ''
  ).trim();
  if (/[$]/.test(place)) return 'unknown';
  return /^filepath$/i.test(place) ? 'share' : 'run';
}

/** What is known of a task by its name. */
export interface TaskKnowledge {
  kinds: UnitKind[];
  /** Set for tasks that look for security problems. */
  securityTool?: string;
}

const DEPLOY =
  /^(AzureWebApp|AzureRmWebAppDeployment|AzureWebAppContainer|AzureFunctionApp|AzureFunctionAppContainer|AzureFunctionAppKubernetes|AzureAppServiceManage|AzureAppServiceSettings|AzureResourceManagerTemplateDeployment|AzureResourceGroupDeployment|AzureContainerApps|AzureSpringCloud|AzureStaticWebApp|AzureFileCopy|AzureMysqlDeployment|AzureCloudPowerShellDeployment|AzureVmssDeployment|AzureKeyVaultSecret|SqlAzureDacpacDeployment|SqlDacpacDeploymentOnMachineGroup|KubernetesManifest|Kubernetes|HelmDeploy|ServiceFabric\w*Deploy|ServiceFabricComposeDeploy|IISWebAppDeploymentOnMachineGroup|IISWebAppManagementOnMachineGroup|CopyFilesOverSSH|SSH|FtpUpload|PowerShellOnTargetMachines|WindowsMachineFileCopy|Pulumi|Terraform(Task|CLI)?(V\d+)?|CloudFormationCreateOrUpdateStack|CloudFormationExecuteChangeSet|BeanstalkDeployApplication|CodeDeployDeployApplication|LambdaDeployFunction|LambdaNETCoreDeploy|ECSDeployService|S3Upload|AWSCLI|AWSPowerShellModuleScript|AWSShellScript)$/i;

/** Tasks that only change something when they are told to, with the input that tells them. */
const LOOKS: Array<{
  task: RegExp;
  input: string;
  /** What the input is when it is left out. */
  usual: string;
  /** With these nothing that runs is changed. */
  harmless: RegExp;
}> = [
  {
    task: /^Terraform(Task|CLI)?(V\d+)?$/i,
    input: 'command',
    usual: 'init',
    harmless: /^(init|validate|plan|show|output|fmt|version)$/i,
  },
  {
    task: /^HelmDeploy$/i,
    input: 'command',
    usual: 'ls',
    harmless:
      /^(ls|list|lint|template|package|save|init|login|logout|get|show|search|status|history|version|repo|dependency|registry|test)$/i,
  },
  {
    task: /^KubernetesManifest$/i,
    input: 'action',
    usual: 'deploy',
    harmless: /^bake$/i,
  },
  {
    task: /^Kubernetes$/i,
    input: 'command',
    usual: 'apply',
    harmless:
      /^(get|describe|logs|login|logout|explain|version|cluster-info|top|diff)$/i,
  },
  {
    task: /^Azure(ResourceManagerTemplate|ResourceGroup)Deployment$/i,
    input: 'deploymentmode',
    usual: 'Incremental',
    harmless: /^Validation$/i,
  },
  {
    task: /^SqlAzureDacpacDeployment$/i,
    input: 'deploymentaction',
    usual: 'Publish',
    harmless: /^(Script|DeployReport|DriftReport|Extract|Export)$/i,
  },
];

/** True if a task that could deploy is told to do something else. */
function onlyLooks(
  name: string,
  input: (name: string) => string | undefined,
): boolean {
  const found = LOOKS.find(({ task }) => task.test(name));
  return (
    found !== undefined &&
    found.harmless.test((input(found.input) || found.usual).trim())
  );
}

const BUILD =
  /^(VSBuild|MSBuild|DotNetCoreCLI|Maven|Gradle|Ant|Npm|Yarn|gulp|grunt|Go|Docker|DockerCompose|NuGetCommand|CMake|Xcode\w*|Android\w*|Cargo|PublishBuildArtifacts|PublishPipelineArtifact|ArchiveFiles|Cache|BuildStep)$/i;
const TEST =
  /^(VSTest|VsTestPlatform\w*|PublishTestResults|PublishCodeCoverageResults|RunJMeter\w*|Playwright\w*)$/i;
const SECURITY: Array<[RegExp, string]> = [
  [/MicrosoftSecurityDevOps/i, 'Microsoft Security DevOps'],
  [/AdvancedSecurity|CodeQL/i, 'GitHub Advanced Security'],
  [
    /CredScan|PostAnalysis|BinSkim|AntiMalware/i,
    'Microsoft Security Code Analysis',
  ],
  [/SonarQube|SonarCloud/i, 'Sonar'],
  [/Snyk/i, 'Snyk'],
  [/WhiteSource|(?<![a-z])Mend/i, 'Mend'],
  [/Checkmarx/i, 'Checkmarx'],
  [/Veracode/i, 'Veracode'],
  [/Fortify/i, 'Fortify'],
  [/BlackDuck|SynopsysDetect|SynopsysSecurityScan/i, 'Black Duck'],
  [/dependency-?check/i, 'OWASP Dependency-Check'],
  [/trivy/i, 'Trivy'],
  [/(^|[.-])tfsec@/i, 'tfsec'],
  [/Aqua/i, 'Aqua'],
  [/Twistlock|prismaCloud/i, 'Prisma Cloud'],
  [/Semgrep/i, 'Semgrep'],
  [/Gitleaks/i, 'Gitleaks'],
  [/GitGuardian|ggshield/i, 'GitGuardian'],
  [/Checkov/i, 'Checkov'],
  [/ComponentGovernance/i, 'Component Governance'],
  [/OWASPZap/i, 'OWASP ZAP'],
  [/NexusIq/i, 'Sonatype Lifecycle'],
  [/JFrog(Xray|Audit|BuildScan)|XrayScan/i, 'JFrog Xray'],
  [/Anchore/i, 'Anchore'],
  [/Terrascan/i, 'Terrascan'],
  [/HCLAppScan|AppScanOnCloud/i, 'HCL AppScan'],
  [/HawkScan|StackHawk/i, 'StackHawk'],
];

/** Tasks of classic pipelines are named by id. Ids from the task definitions that Microsoft publishes. */
const NAMES_BY_ID: Record<string, string> = {
  'd9bafed4-0b18-4f58-968d-86655b4d2ce9': 'CmdLine',
  '6c731c3c-3c68-459a-a5c9-bde6e6595b5b': 'Bash',
  'e213ff0f-5d5c-4791-802d-52ea3e7be1f1': 'PowerShell',
  '46e4be58-730b-4389-8a2f-ea10b3e5e815': 'AzureCLI',
  '72a1931b-effb-4d2e-8fd8-f8472a07cb62': 'AzurePowerShell',
  '497d490f-eea7-4f2b-ab94-48d9c1acdcb1': 'AzureRmWebAppDeployment',
  '94a74903-f93f-4075-884f-dc11f34058b4': 'AzureResourceGroupDeployment',
  'dee316a2-586d-4def-be79-488a1f503dfe': 'KubernetesManifest',
  'afa7d54d-537b-4dc8-b60a-e0eeea2c9a87': 'HelmDeploy',
  '2ff763a7-ce83-4e1f-bc89-0ae63477cebe': 'PublishBuildArtifacts',
  '71a9a2d3-a98a-4caa-96ab-affca411ecda': 'VSBuild',
  '5541a522-603c-47ad-91fc-a4b1d163081b': 'DotNetCoreCLI',
  'c6c4c611-aa2e-4a33-b606-5eaba2196824': 'MSBuild',
  'ef087383-ee5e-42c7-9a53-ab56c98420f9': 'VSTest',
  'fe47e961-9fa8-4106-8639-368c024d43ad': 'Npm',
  'ac4ee482-65da-4485-a532-7b085873e532': 'Maven',
  '8d8eebd8-2b94-4c97-85af-839254cc6da4': 'Gradle',
  'bcb64569-d51a-4af0-9c01-ea5d05b3b622': 'ManualIntervention',
  'e28912f1-0114-4464-802a-a3a35437fd16': 'Docker',
};

/** Name of a task of a classic pipeline, if it is one of the usual ones. */
export const taskNameById = (id: string): string | undefined =>
  NAMES_BY_ID[id.toLowerCase()];

/** The last part of a task's name, without publisher and version: `AzureCLI@2` → `AzureCLI`. */
export function bareTaskName(task: string): string {
  const [name] = task.split('@');
  return name.slice(name.lastIndexOf('.') + 1);
}

/**
 * What a task does, by its name and by what it is told.
 *
 * @param input - the value of an input, by its name in lower case
 */
export function knowTask(
  task: string,
  input: (name: string) => string | undefined = () => '$',
): TaskKnowledge {
  const name = bareTaskName(task);
  const securityTool = SECURITY.find(([pattern]) => pattern.test(task))?.[1];
  if (securityTool) return { kinds: ['test'], securityTool };
  if (DEPLOY.test(name))
    return { kinds: onlyLooks(name, input) ? [] : ['deploy'] };
  if (TEST.test(name)) return { kinds: ['test'] };
  return { kinds: BUILD.test(name) ? ['build'] : [] };
}

/** Inputs whose value always names a service connection. */
const CONNECTION_INPUTS = new Set([
  'azuresubscription',
  'connectedservicename',
  'connectedservicenamearm',
  'azureresourcemanagerconnection',
  'azuresubscriptionendpoint',
  'kubernetesserviceconnection',
  'kubernetesserviceendpoint',
  'dockerregistryserviceconnection',
  'awscredentials',
  'sshendpoint',
  'environmentservicenameazurerm',
  'environmentservicenameaws',
  'backendservicearm',
  'backendserviceaws',
  'serviceconnection',
  'azureserviceconnection',
  'azuresubscriptionconnection',
  'environmentservicenamegcp',
  'backendservicegcp',
  'serviceconnectionname',
  'serverendpoint',
  'powerplatformspn',
  'powerplatformenvironment',
]);
const CONNECTION_LIKE =
  /connection|subscription|endpoint|connectedservice|credential|registry|servicename|backendservice/i;

/** Whether an input names a service connection: surely, perhaps (if one is called like its value), or not. */
export function connectionInput(input: string): 'surely' | 'perhaps' | 'no' {
  if (CONNECTION_INPUTS.has(input.toLowerCase())) return 'surely';
  return CONNECTION_LIKE.test(input) ? 'perhaps' : 'no';
}

/** Inputs whose value a shell runs. */
export const isScriptInput = (input: string): boolean =>
  /^(script|inline|inlinescript|arguments|args|scriptarguments|command|customcommand|commands|powershellscriptarguments)$/i.test(
    input,
  );
