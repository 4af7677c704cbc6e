import { useId } from 'react';
import { useAfterPaint } from '../../hooks/useAfterPaint';
import { UrlState } from '../../hooks/useUrlState';
import { SideDrawer } from '../parts/SideDrawer';
import { OpenPipeline } from './openPipeline';
import { PipelinePanel } from './PipelinePanel';

/** Gives the focus to the row of a pipeline, also where the address had opened it and no row had had it. */
function focusRow(id: string) {
  requestAnimationFrame(() =>
    document
      .querySelector<HTMLElement>(`tr[data-key="${CSS.escape(id)}"]`)
      ?.focus(),
  );
}

interface DrawerProps {
  url: UrlState<OpenPipeline>;
  onChanged: () => void;
}

function OwnDrawer(props: DrawerProps) {
  const heading = useId();
  const { state, update } = props.url;
  const close = () => {
    update({ pipeline: '', finding: '' });
    focusRow(state.pipeline);
  };
  return (
    <SideDrawer
      open={state.pipeline !== ''}
      labelledBy={heading}
      onClose={close}
    >
      {state.pipeline !== '' && (
        <PipelinePanel
          id={state.pipeline}
          headingId={heading}
          url={props.url}
          onClose={close}
          onChanged={props.onChanged}
        />
      )}
    </SideDrawer>
  );
}

/** One pipeline beside a list; which one is in the address. Closing gives the focus to its row. */
export function PipelineDrawer(props: DrawerProps) {
  const painted = useAfterPaint();
  // Its styles alone would keep the first picture back.
  if (!painted && props.url.state.pipeline === '') return null;
  return <OwnDrawer {...props} />;
}
