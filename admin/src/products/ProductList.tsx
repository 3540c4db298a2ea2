import UploadIcon from '@mui/icons-material/UploadFileOutlined';
import { Link as Anchor, Button } from '@mui/material';
import { LinkBase } from 'react-admin';
import { ActButton } from '../acts/ActButton.tsx';
import { useAct } from '../provider/useAsk.ts';
import { useMay } from '../session/may.ts';
import { Amount } from '../ui/Amount.tsx';
import { ExportButton } from '../ui/ExportButton.tsx';
import { TextFilter } from '../ui/filters.tsx';
import { ListPage } from '../ui/ListPage.tsx';
import { Col, ListTable } from '../ui/ListTable.tsx';
import { useListedProgram } from '../ui/PublishButton.tsx';
import { SmallRows } from '../ui/SmallRows.tsx';
import { StatusChip } from '../ui/StatusChip.tsx';
import { Nothing, When } from '../ui/When.tsx';
import { useSay } from '../words/words.ts';
import { forbidProduct, type ProductRecord } from './source.ts';

/** What the merchant sells, as its feed says by now. */
export function ProductList() {
  return (
    <ListPage
      title="Products"
      sort={{ field: 'id', order: 'ASC' }}
      beside={<Beside />}
      isOfOneProgram
      filters={<TextFilter source="words" label="Product words" />}
      empty="No product of this program is known yet. Import a feed, or tell products over the API."
      below={<Export />}
      table={<Table />}
      small={<Small />}
    />
  );
}

function Beside() {
  const say = useSay();
  const may = useMay();
  const run = useAct();
  const program = useListedProgram();
  if (program === '') return null;
  return (
    <>
      <ActButton
        needs="PRODUCT_MANAGE"
        program={program}
        verb={say('Forbid a product')}
        title={say('Forbid a product')}
        intro={say('Lines with it earn nothing on orders placed from now on. The feed need not know it.')}
        fields={[{ name: 'product', label: 'Id of the product', required: true }]}
        run={({ product = '' }) => run(forbidProduct, { program, product: product.trim() })}
      />
      {may('FACT_TELL', program) && (
        <Button component={LinkBase} to="/imports" size="small" variant="outlined" startIcon={<UploadIcon />}>
          {say('Import a feed')}
        </Button>
      )}
    </>
  );
}

function Export() {
  const program = useListedProgram();
  return program === '' ? null : <ExportButton address={() => `/export/products.csv?${new URLSearchParams({ program })}`} />;
}

function ProductChip({ product: { available, forbiddenSince, participates } }: { readonly product: ProductRecord }) {
  const say = useSay();
  if (forbiddenSince) return <StatusChip status="FORBIDDEN" tone="bad" why={say('Since %{date}', { date: say.date(forbiddenSince) })} />;
  if (!available) return <StatusChip status="GONE" tone="quiet" />;
  return participates ? <StatusChip status="AVAILABLE" tone="good" /> : <StatusChip status="EARNS_NOTHING" tone="quiet" />;
}

function Table() {
  const say = useSay();
  const run = useAct();
  const program = useListedProgram();
  return (
    <ListTable<ProductRecord>>
      <Col<ProductRecord>
        label="Product"
        sx={{ overflowWrap: 'anywhere', maxWidth: 360 }}
        render={({ title, externalId, url }) =>
          url ? (
            <Anchor href={url} target="_blank" rel="noreferrer" underline="hover">
              {title ?? externalId}
            </Anchor>
          ) : (
            (title ?? externalId)
          )
        }
      />
      <Col<ProductRecord> label="Id" render={({ externalId }) => <code>{externalId}</code>} />
      <Col<ProductRecord> label="Category" render={({ category, kind }) => [category, kind].filter(Boolean).join(', ') || <Nothing />} />
      <Col<ProductRecord> label="Status" render={(product) => <ProductChip product={product} />} />
      <Col<ProductRecord>
        label="Price"
        align="right"
        render={({ price }) => (price ? <Amount value={price.amount} unit={price.currency} /> : <Nothing />)}
      />
      <Col<ProductRecord> label="Rate" align="right" render={({ rate }) => (rate ? `${rate} %` : <Nothing />)} />
      <Col<ProductRecord> label="Last told" render={({ seenAt }) => <When at={seenAt} />} />
      <Col<ProductRecord>
        label="Acts"
        render={({ externalId, title, forbiddenSince }) =>
          forbiddenSince ? null : (
            <ActButton
              needs="PRODUCT_MANAGE"
              program={program}
              variant="text"
              isGrave
              verb={say('Forbid')}
              title={say('Forbid %{product}', { product: title ?? externalId })}
              intro={say('Lines with it earn nothing on orders placed from now on.')}
              run={() => run(forbidProduct, { program, product: externalId })}
            />
          )
        }
      />
    </ListTable>
  );
}

function Small() {
  return (
    <SmallRows<ProductRecord>
      row={(product) => ({
        title: product.title ?? product.externalId,
        amount: product.price && <Amount value={product.price.amount} unit={product.price.currency} />,
        chip: <ProductChip product={product} />,
        below: product.category ?? product.externalId,
        at: product.seenAt,
      })}
    />
  );
}
