import { useLocation, useNavigate } from 'react-admin';

const NAME = 'open';

/** What a drawer over a list shows, kept in the address so that it can be sent to a colleague. */
export function useOpened() {
  const { pathname, search } = useLocation();
  const navigate = useNavigate();
  const opened = new URLSearchParams(search).get(NAME);
  const linkTo = (id: string | null) => {
    const params = new URLSearchParams(search);
    if (id === null) params.delete(NAME);
    else params.set(NAME, id);
    return { pathname, search: params.toString() ? `?${params}` : '' };
  };
  return { opened, linkTo, open: (id: string) => navigate(linkTo(id)), close: () => navigate(linkTo(null)) };
}
