import { ControlPermission } from 'backstage-plugin-pipeline-posture-common';
import { useNames } from '../../hooks/useNames';
import styles from './controls.module.css';

/** What the reader must be allowed at each source, with what becomes unknown without it. */
export function Permissions(props: {
  permissions: readonly ControlPermission[];
}) {
  const names = useNames();
  const providers = [
    ...new Set(props.permissions.map(({ provider }) => provider)),
  ];
  return (
    <>
      {providers.map(provider => (
        <div key={provider}>
          {names.platform(provider)}
          <ul className={styles.permissions} lang="en">
            {props.permissions
              .filter(one => one.provider === provider)
              .map(({ permission, without }) => (
                <li key={permission}>
                  <code>{permission}</code>
                  <span className={styles.without}>{without}</span>
                </li>
              ))}
          </ul>
        </div>
      ))}
    </>
  );
}
