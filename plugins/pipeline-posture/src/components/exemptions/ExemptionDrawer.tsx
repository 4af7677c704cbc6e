import { ExemptionView } from 'backstage-plugin-pipeline-posture-common';
import { useCallback, useId, useRef } from 'react';
import { focusSoon } from '../parts/focusSoon';
import { SideDrawer } from '../parts/SideDrawer';
import { ExemptionPanel } from './ExemptionPanel';
import { ExemptionsUrl } from './exemptionsState';

/** The queue that is open, for when a row has left it. */
const QUEUE = '[role="tab"][aria-selected="true"]';

/** One exemption beside the list; which one is in the address. Closing gives the focus to its row. */
export function ExemptionDrawer(props: {
  url: ExemptionsUrl;
  titleOf: (controlId: string) => string;
  /** Called when it is known what was opened. */
  onOpened: (exemption: ExemptionView) => void;
  onChanged: () => void;
}) {
  const heading = useId();
  const { state, update } = props.url;
  const { onChanged } = props;
  const decided = useRef(false);
  const changed = useCallback(() => {
    decided.current = true;
    onChanged();
  }, [onChanged]);
  const close = () => {
    update({ exemption: '' });
    const row = `tr[data-key="${CSS.escape(state.exemption)}"]`;
    // The row of what was decided leaves the queue now or in a moment, and would take the focus with it.
    focusSoon(...(decided.current ? [] : [row]), QUEUE);
    decided.current = false;
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
          onOpened={props.onOpened}
          onChanged={changed}
        />
      )}
    </SideDrawer>
  );
}
