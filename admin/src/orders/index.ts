import { OrderList } from './OrderList.tsx';
import { OrderShow } from './OrderShow.tsx';

export const orderPages = { list: OrderList, show: OrderShow, recordRepresentation: 'externalId' };
