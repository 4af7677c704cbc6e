import { useRouteRef } from '@backstage/core-plugin-api';
import { Navigate, useParams } from 'react-router-dom';
import { useAsOf } from '../../hooks/useAsOf';
import { rootRouteRef } from '../../routes';

/** The address of one exemption leads to the list in which it is open. */
export function ExemptionAddress() {
  const { exemptionId = '' } = useParams();
  const { keep } = useAsOf();
  const root = useRouteRef(rootRouteRef)();
  const search = new URLSearchParams({ exemption: exemptionId });
  return <Navigate to={keep(`${root}/exemptions?${search}`)} replace />;
}
