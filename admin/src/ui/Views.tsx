import ViewIcon from '@mui/icons-material/BookmarksOutlined';
import { Button, Divider, ListItemText, Menu, MenuItem, Typography } from '@mui/material';
import { useState } from 'react';
import { useLocation, useNavigate, useRefresh } from 'react-admin';
import { ActDialog } from '../acts/ActDialog.tsx';
import { graphql } from '../api/graphql.ts';
import { useAct, useAsked } from '../provider/useAsk.ts';
import { useSay } from '../words/words.ts';

const viewsDocument = graphql(`
  query SavedViews($list: String!) { savedViews(list: $list) { id name search isShared isOwn owner } }
`);
const saveDocument = graphql(`
  mutation SaveView($input: SaveViewInput!) { saveView(input: $input) { userErrors { code message path } } }
`);
const removeDocument = graphql(`
  mutation RemoveView($input: RemoveViewInput!) { removeView(input: $input) { userErrors { code message path } } }
`);

/** The list as it is filtered, kept under a name: for oneself, or for all of staff. */
export function Views({ list }: { readonly list: string }) {
  const say = useSay();
  const run = useAct();
  const refresh = useRefresh();
  const navigate = useNavigate();
  const { search } = useLocation();
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const [isSaving, setSaving] = useState(false);
  const { data } = useAsked(viewsDocument, { list }, { enabled: anchor !== null });
  const close = () => setAnchor(null);
  return (
    <>
      <Button size="small" startIcon={<ViewIcon />} aria-haspopup="menu" onClick={(event) => setAnchor(event.currentTarget)}>
        {say('Views')}
      </Button>
      <Menu anchorEl={anchor} open={anchor !== null} onClose={close} slotProps={{ paper: { role: 'region', 'aria-label': say('Views') } }}>
        {data?.savedViews.map((view) => (
          <MenuItem
            key={view.id}
            onClick={() => {
              close();
              navigate({ pathname: `/${list}`, search: `?${view.search}` });
            }}
          >
            <ListItemText
              primary={view.name}
              secondary={view.isShared ? say('shared by %{who}', { who: view.owner }) : say('only for you')}
            />
          </MenuItem>
        ))}
        {data?.savedViews.length === 0 && (
          <Typography component="li" variant="body2" color="textSecondary" sx={{ px: 2, py: 0.5 }}>
            {say('None yet. Filter the list, then save it.')}
          </Typography>
        )}
        <Divider component="li" />
        <MenuItem
          onClick={() => {
            close();
            setSaving(true);
          }}
        >
          {say('Save the list as it is filtered')}
        </MenuItem>
        {data?.savedViews
          .filter(({ isOwn }) => isOwn)
          .map(({ id, name }) => (
            <MenuItem
              key={id}
              dense
              sx={{ color: 'text.secondary' }}
              onClick={() => void run(removeDocument, { id }).then(refresh, refresh)}
            >
              {say('Remove the view %{name}', { name })}
            </MenuItem>
          ))}
      </Menu>
      {isSaving && (
        <ActDialog
          title={say('Save the list as it is filtered')}
          fields={[
            { name: 'name', label: 'Name', required: true },
            {
              name: 'isShared',
              label: 'For whom',
              required: true,
              value: 'no',
              choices: [
                { value: 'no', words: say('only for you') },
                { value: 'yes', words: say('for all of staff') },
              ],
            },
          ]}
          verb={say('Save')}
          run={({ name = '', isShared }) => run(saveDocument, { list, name, isShared: isShared === 'yes', search: kept(search) })}
          onClose={() => setSaving(false)}
        />
      )}
    </>
  );
}

/** Filters and order; not the page, nor the record that is open. */
function kept(search: string): string {
  const params = new URLSearchParams(search);
  for (const name of ['page', 'open']) params.delete(name);
  return params.toString();
}
