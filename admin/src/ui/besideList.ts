/** Where a record is shown over the whole list, whatever its state: without the filter that is usual there. */
export const besideList = (list: string, id: string): string => `/${list}?${new URLSearchParams({ filter: '{}', open: id })}`;
