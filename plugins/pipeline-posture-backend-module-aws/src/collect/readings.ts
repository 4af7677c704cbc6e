import { Fact, UnknownReason } from 'backstage-plugin-pipeline-posture-common';
import {
  BranchRules,
  ProductionClassifier,
} from 'backstage-plugin-pipeline-posture-node';
import { SourceCredential } from '../client/CodeBuildReader';
import { ApprovalRule } from '../client/CodeCommitReader';
import { HostConnection } from '../client/ConnectionsReader';
import { AccessKey } from '../client/credentialReport';
import { EventRule, NotificationRule, Trail } from '../client/MonitoringReader';
import { AccessReview } from '../client/ReviewReader';
import { BucketSettings } from '../client/StorageReader';
import { IamAccount } from '../iam/IamAccount';
import { BuildFile } from './readBuildFiles';
import {
  BuildProject,
  PipelineDefinition,
  WebhookDefinition,
} from './definition';

/** What was read of one account and region, for the pipelines in it. */
export interface ScopeReadings {
  accountId: string;
  region: string;
  /** `111122223333/eu-west-1`. */
  scopeId: string;
  /** ISO 8601. */
  collectedAt: string;
  classifier: ProductionClassifier;
  /** Accounts of the organisation, by configuration. */
  knownAccounts: ReadonlySet<string>;
  /** Accounts whose IAM was read or refused; others are not connected. */
  iam: ReadonlyMap<string, Fact<IamAccount>>;
  accessKeys: Fact<AccessKey[]>;
  /** Every definition of the scope, changed or not. */
  definitions: readonly PipelineDefinition[];
  /** Pipelines of the scope whose definition could not be read: sharing with them is unknown. */
  unreadDefinitions?: UnknownReason;
  /** Build projects of this account and region by name. */
  projects: ReadonlyMap<string, Fact<BuildProject>>;
  sourceCredentials: Fact<SourceCredential[]>;
  webhooks: Fact<WebhookDefinition[]>;
  connections: Fact<HostConnection[]>;
  /** Review rules of CodeCommit repositories by name. */
  approvalRules: ReadonlyMap<string, Fact<ApprovalRule[]>>;
  /** When pipelines ran last, by name; pipelines whose turn has not come are missing. */
  lastRuns: ReadonlyMap<string, Fact<string | null>>;
  /** Tags of pipelines by ARN. */
  tags: Fact<ReadonlyMap<string, Record<string, string>>>;
  /** Rules of the default event bus. */
  eventRules: Fact<EventRule[]>;
  /** ARNs of the targets of rules that look at pipelines or builds, by rule name. */
  eventTargets: ReadonlyMap<string, Fact<string[]>>;
  /** Number of confirmed subscribers by topic ARN. */
  subscribers: ReadonlyMap<string, Fact<number>>;
  notificationRules: Fact<NotificationRule[]>;
  trails: Fact<Trail[]>;
  accessReview: Fact<AccessReview>;
  /** Artifact and source buckets by name. */
  buckets: ReadonlyMap<string, BucketSettings>;
  /** Whether tags of source image repositories are immutable, by name. */
  imageTags: ReadonlyMap<string, Fact<boolean>>;
  /** Buildspecs in repositories, by {@link buildFileKey}. */
  buildFiles: ReadonlyMap<string, Fact<BuildFile | null>>;
  /** Branch rules of repositories on other hosts, by {@link branchKey}. */
  branchRules: ReadonlyMap<string, BranchRules>;
  /** Roles of what pipelines start, by {@link startedKey}. */
  executionRoles: ReadonlyMap<string, Fact<string>>;
}
