import { Typography } from '@mui/material';
import { Link } from 'react-admin';
import { Page } from '../ui/Page.tsx';
import { useSay } from '../words/words.ts';

/** For an address that leads nowhere. */
export function NothingHere() {
  const say = useSay();
  return (
    <Page title={say('There is nothing here')}>
      <Typography>
        {say('The address is wrong or old.')}{' '}
        <Link to="/" underline="always">
          {say('Begin again at the first page')}
        </Link>
      </Typography>
    </Page>
  );
}
