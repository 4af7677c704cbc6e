import { Helmet } from 'react-helmet';
import { useText } from '../../hooks/useText';

/**
 * Names the page in the browser's tab and history: `D 54 · Pipeline posture`. Backstage adds the name of the entity and
 * of the app.
 */
export function PageTitle(props: { parts: readonly string[] }) {
  const t = useText();
  return <Helmet title={[...props.parts, t('title')].join(' · ')} />;
}
