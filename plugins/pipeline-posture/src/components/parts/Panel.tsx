import { ReactNode, useId } from 'react';
import { Box, Text } from '@backstage/ui';
import styles from './parts.module.css';

/** A part of a page with a heading. */
export function Panel(props: {
  heading: ReactNode;
  as?: 'h2' | 'h3';
  /** Stands at the end of the heading's line. */
  beside?: ReactNode;
  className?: string;
  children: ReactNode;
}) {
  const id = useId();
  return (
    // A Box, so that fields and buttons in it stand out from its background.
    <Box
      as="section"
      bg="neutral"
      aria-labelledby={id}
      className={`${styles.panel} ${props.className ?? ''}`}
    >
      <div className={styles.panelHead}>
        <Text as={props.as ?? 'h2'} variant="title-x-small" id={id}>
          {props.heading}
        </Text>
        {props.beside}
      </div>
      {props.children}
    </Box>
  );
}
