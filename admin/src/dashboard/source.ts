import { graphql, type ResultOf } from '../api/graphql.ts';

export const dashboardDocument = graphql(`
  query Dashboard {
    dashboard(days: 30) {
      waiting { kind count oldest program { key name } }
      cutOffs { at timeZone batch program { key name } }
      days { day class status orders amount { value unit } program { key name } }
    }
    now
  }
`);

type Dashboard = ResultOf<typeof dashboardDocument>['dashboard'];
export type Waiting = Dashboard['waiting'][number];
export type CutOff = Dashboard['cutOffs'][number];
export type Day = Dashboard['days'][number];
