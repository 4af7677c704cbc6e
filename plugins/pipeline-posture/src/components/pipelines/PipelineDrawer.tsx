import Drawer from '@material-ui/core/Drawer';
import { makeStyles } from '@material-ui/core/styles';
import { useId } from 'react';
import { useAfterPaint } from '../../hooks/useAfterPaint';
import { UrlState } from '../../hooks/useUrlState';
import { Root } from '../parts';
import { OpenPipeline } from './openPipeline';
import { PipelinePanel } from './PipelinePanel';

const useStyles = makeStyles(theme => ({
  paper: {
    width: 720,
    maxWidth: '100%',
    boxSizing: 'border-box',
    padding: theme.spacing(3),
    background: 'var(--bui-bg-app)',
    [theme.breakpoints.down('sm')]: {
      width: '100%',
      padding: theme.spacing(2),
    },
  },
}));

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
  const classes = useStyles();
  const heading = useId();
  const { state, update } = props.url;
  const close = () => {
    update({ pipeline: '', finding: '' });
    focusRow(state.pipeline);
  };
  return (
    <Drawer
      anchor="right"
      open={state.pipeline !== ''}
      onClose={close}
      PaperProps={{
        className: classes.paper,
        role: 'dialog',
        'aria-modal': true,
        'aria-labelledby': heading,
      }}
    >
      <Root>
        {state.pipeline !== '' && (
          <PipelinePanel
            id={state.pipeline}
            headingId={heading}
            url={props.url}
            onClose={close}
            onChanged={props.onChanged}
          />
        )}
      </Root>
    </Drawer>
  );
}

/** One pipeline beside a list; which one is in the address. Closing gives the focus to its row. */
export function PipelineDrawer(props: DrawerProps) {
  const painted = useAfterPaint();
  // Its styles alone would keep the first picture back.
  if (!painted && props.url.state.pipeline === '') return null;
  return <OwnDrawer {...props} />;
}
