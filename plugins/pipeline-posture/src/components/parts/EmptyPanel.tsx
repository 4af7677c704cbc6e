import { ReactNode } from 'react';
import { Box, Text } from '@backstage/ui';
import styles from './parts.module.css';

/** Stands where there is nothing to show, and says why and what to do. */
export function EmptyPanel(props: {
  title: string;
  text?: ReactNode;
  children?: ReactNode;
  /** Level of the heading. */
  as?: 'h2' | 'h3';
}) {
  return (
    <Box as="section" bg="neutral" className={styles.empty}>
      <Text as={props.as ?? 'h2'} variant="title-small">
        {props.title}
      </Text>
      {props.text && (
        <Text as="p" variant="body-medium">
          {props.text}
        </Text>
      )}
      {props.children}
    </Box>
  );
}
