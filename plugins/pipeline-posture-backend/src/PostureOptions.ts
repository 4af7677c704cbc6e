import {
  AuditorService,
  AuthService,
  DatabaseService,
  HttpAuthService,
  LoggerService,
  PermissionsService,
  RootConfigService,
  SchedulerService,
} from '@backstage/backend-plugin-api';
import {
  ActionsRegistryService,
  MetricsService,
  TracingService,
} from '@backstage/backend-plugin-api/alpha';
import { EventsService } from '@backstage/plugin-events-node';
import { NotificationService } from '@backstage/plugin-notifications-node';
import { SignalsService } from '@backstage/plugin-signals-node';
import { CatalogService } from '@backstage/plugin-catalog-node';
import {
  Control,
  PipelineProvider,
} from 'backstage-plugin-pipeline-posture-node';

/** What the plugin gets from Backstage and from modules. */
export interface PostureOptions {
  auditor: AuditorService;
  auth: AuthService;
  catalog: CatalogService;
  config: RootConfigService;
  database: DatabaseService;
  httpAuth: HttpAuthService;
  logger: LoggerService;
  permissions: PermissionsService;
  scheduler: SchedulerService;
  events: EventsService;
  notifications: NotificationService;
  signals: SignalsService;
  metrics: MetricsService;
  tracing: TracingService;
  actions: ActionsRegistryService;
  providers: readonly PipelineProvider[];
  controls: readonly Control[];
  now?: () => Date;
}
