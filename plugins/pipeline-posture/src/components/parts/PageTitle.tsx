import { Helmet } from 'react-helmet';
import { useAfterPaint } from '../../hooks/useAfterPaint';
import { useText } from '../../hooks/useText';

/**
 * Names the page in the browser's tab and history: `D 54 · Pipeline posture`. Backstage adds the name of the entity and
 * of the app.
 */
export function PageTitle(props: { parts: readonly string[] }) {
  const t = useText();
  // Writing it takes as long as drawing a panel, and nobody waits for it.
  if (!useAfterPaint()) return null;
  return <Helmet title={[...props.parts, t('title')].join(' · ')} />;
}
