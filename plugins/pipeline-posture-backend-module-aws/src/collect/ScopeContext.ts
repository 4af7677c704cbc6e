import {
  CollectOptions,
  ProductionClassifier,
  SourceHosts,
} from 'backstage-plugin-pipeline-posture-node';
import { AwsConnection } from '../client/AwsConnection';
import { RunReadings } from './AccountReadings';

/** What the collection of one account and region works with. */
export interface ScopeContext {
  connection: AwsConnection;
  scopeId: string;
  accounts: RunReadings;
  classifier: ProductionClassifier;
  sourceHosts: SourceHosts;
  knownAccounts: ReadonlySet<string>;
  options: CollectOptions;
}
