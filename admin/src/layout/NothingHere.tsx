import { Typography } from '@mui/material';
import { Link } from 'react-admin';
import { Page } from '../ui/Page.tsx';

/** For an address that leads nowhere. */
export function NothingHere() {
  return (
    <Page title="There is nothing here">
      <Typography>
        The address is wrong or old. Begin again with{' '}
        <Link to="/programs" underline="always">
          the programs
        </Link>
        .
      </Typography>
    </Page>
  );
}
