import { useId } from 'react';
import { useText } from '../../hooks/useText';
import styles from './dayField.module.css';

/** A day that must be given, by the browser's own field for days: it speaks the viewer's language and needs no mouse. */
export function DayField(props: {
  name: string;
  label: string;
  description: string;
  /** What is wrong about it; read out with the field. */
  error?: string;
  min: string;
  max: string;
  /** `2027-01-31`; empty while it is no day. */
  value: string;
  onChange: (day: string) => void;
}) {
  const t = useText();
  const id = useId();
  const { description, error } = props;
  const [hintId, errorId] = [`${id}-hint`, `${id}-error`];
  return (
    <div className={styles.field}>
      <label htmlFor={id} className={styles.label}>
        {props.label}{' '}
        <span aria-hidden="true" className={styles.required}>
          ({t('required')})
        </span>
      </label>
      <span id={hintId} className={styles.hint}>
        {description}
      </span>
      <input
        id={id}
        name={props.name}
        type="date"
        required
        aria-invalid={error ? true : undefined}
        aria-describedby={error ? `${hintId} ${errorId}` : hintId}
        min={props.min}
        max={props.max}
        value={props.value}
        onChange={({ target }) => props.onChange(target.value)}
      />
      {error && (
        <span id={errorId} className={styles.error}>
          {error}
        </span>
      )}
    </div>
  );
}
