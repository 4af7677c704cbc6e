import { useId } from 'react';
import { SideDrawer } from '../parts/SideDrawer';
import { ExemptionPanel } from './ExemptionPanel';
import { ExemptionsUrl } from './exemptionsState';

/** One exemption beside the list; which one is in the address. Closing gives the focus to its row. */
export function ExemptionDrawer(props: {
  url: ExemptionsUrl;
  titleOf: (controlId: string) => string;
  onChanged: () => void;
}) {
  const heading = useId();
  const { state, update } = props.url;
  const close = () => {
    update({ exemption: '' });
    requestAnimationFrame(() =>
      document
        .querySelector<HTMLElement>(
          `tr[data-key="${CSS.escape(state.exemption)}"]`,
        )
        ?.focus(),
    );
  };
  return (
    <SideDrawer
      open={state.exemption !== ''}
      labelledBy={heading}
      onClose={close}
    >
      {state.exemption !== '' && (
        <ExemptionPanel
          key={state.exemption}
          id={state.exemption}
          headingId={heading}
          titleOf={props.titleOf}
          onClose={close}
          onChanged={props.onChanged}
        />
      )}
    </SideDrawer>
  );
}
