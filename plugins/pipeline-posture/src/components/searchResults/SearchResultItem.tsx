import { Link } from '@backstage/core-components';
import { HighlightedSearchResultText } from '@backstage/plugin-search-react';
import {
  ResultHighlight,
  SearchDocument,
} from '@backstage/plugin-search-common';
import ListItem from '@material-ui/core/ListItem';
import ListItemIcon from '@material-ui/core/ListItemIcon';
import { ReactNode } from 'react';
import { useText } from '../../hooks/useText';
import styles from './searchResults.module.css';

/**
 * What Backstage's search gives to a result.
 *
 * @public
 */
export interface SearchResultItemProps {
  icon?: ReactNode;
  result?: SearchDocument;
  highlight?: ResultHighlight;
  rank?: number;
}

function Marked(props: {
  text: string;
  highlight?: ResultHighlight;
  field: string;
}) {
  const { text, highlight, field } = props;
  const found = highlight?.fields[field];
  if (!highlight || !found) return <>{text}</>;
  return (
    <HighlightedSearchResultText
      text={found}
      preTag={highlight.preTag}
      postTag={highlight.postTag}
    />
  );
}

function Item(props: SearchResultItemProps & { kind: string }) {
  const { icon, result, highlight, kind } = props;
  if (!result) return null;
  return (
    <ListItem alignItems="flex-start">
      {icon && <ListItemIcon>{icon}</ListItemIcon>}
      <div className={styles.item}>
        <p className={styles.title}>
          <Link to={result.location} noTrack>
            <Marked text={result.title} highlight={highlight} field="title" />
          </Link>
        </p>
        <p className={styles.text} lang="en">
          {kind} ·{' '}
          <Marked text={result.text} highlight={highlight} field="text" />
        </p>
      </div>
    </ListItem>
  );
}

/** A pipeline that search has found. */
export function PipelineSearchResultListItem(props: SearchResultItemProps) {
  const t = useText();
  return <Item {...props} kind={t('search.pipeline')} />;
}

/** A control that search has found. */
export function ControlSearchResultListItem(props: SearchResultItemProps) {
  const t = useText();
  return <Item {...props} kind={t('search.control')} />;
}
