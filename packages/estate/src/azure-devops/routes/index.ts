import { Route } from '../server/request';
import { advancedSecurityRoutes } from './advancedSecurity';
import { authorisationRoutes } from './authorisation';
import { buildRoutes } from './build';
import { checkRoutes } from './checks';
import { discoveryRoutes } from './discovery';
import { distributedTaskRoutes } from './distributedTask';
import { gitRoutes } from './git';
import { graphRoutes } from './graph';
import { organisationRoutes } from './organisation';
import { policyRoutes } from './policy';
import { projectRoutes } from './projects';
import { releaseRoutes } from './release';
import { securityRoutes } from './security';
import { serviceEndpointRoutes } from './serviceEndpoints';

/** Every operation that the local Azure DevOps answers. */
export const ROUTES: Route[] = [
  ...discoveryRoutes,
  ...projectRoutes,
  ...buildRoutes,
  ...gitRoutes,
  ...policyRoutes,
  ...authorisationRoutes,
  ...checkRoutes,
  ...serviceEndpointRoutes,
  ...distributedTaskRoutes,
  ...releaseRoutes,
  ...securityRoutes,
  ...graphRoutes,
  ...organisationRoutes,
  ...advancedSecurityRoutes,
];
