import {
  useEntityPresentation,
  useEntityRefLink,
} from '@backstage/plugin-catalog-react';
import { Link } from 'react-router-dom';
import { useText } from '../../hooks/useText';
import styles from './parts.module.css';

/** Address of an entity's page. */
export type AddressOf = ReturnType<typeof useEntityRefLink>;

function EntityName(props: { entityRef: string; addressOf: AddressOf }) {
  const { primaryTitle } = useEntityPresentation(props.entityRef, {
    defaultKind: 'component',
  });
  return (
    <Link
      to={props.addressOf(props.entityRef)}
      className={styles.entity}
      title={props.entityRef}
    >
      {primaryTitle}
    </Link>
  );
}

/**
 * Links to entities, by the names that the catalog gives them. Those of the catalog bring styles of their own, which
 * takes too long in a list.
 */
export function EntityLinks(props: {
  refs: readonly string[];
  /** From `useEntityRefLink`; asked for once for a whole list. */
  addressOf: AddressOf;
  /** How many are named; the others are a number. */
  atMost?: number;
}) {
  const t = useText();
  const { refs, addressOf, atMost = Infinity } = props;
  return (
    <>
      {refs.slice(0, atMost).map((ref, i) => (
        <span key={ref}>
          {i > 0 && ', '}
          <EntityName entityRef={ref} addressOf={addressOf} />
        </span>
      ))}
      {refs.length > atMost && (
        <> {t('fleet.moreEntities', { count: refs.length - atMost })}</>
      )}
    </>
  );
}
