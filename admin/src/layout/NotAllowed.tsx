import { Typography } from '@mui/material';
import { Link } from 'react-admin';
import { Page } from '../ui/Page.tsx';
import { useSay } from '../words/words.ts';

/** For a page that exists, but not for who asks. */
export function NotAllowed() {
  const say = useSay();
  return (
    <Page title={say('This page is not for your role')}>
      <Typography>
        {say('Nothing is broken. An admin can give you another role under Members.')}{' '}
        <Link to="/" underline="always">
          {say('Begin again at the first page')}
        </Link>
      </Typography>
    </Page>
  );
}
