import { graphql } from '../api/graphql.ts';

/** What staff do about what affiliates ask. */
export const reply = graphql(`
  mutation ReplyToRequest($input: ReplyToRequestInput!) { replyToRequest(input: $input) { userErrors { code message path } } }
`);
export const ask = graphql(`
  mutation AskAboutRequest($input: AskAboutRequestInput!) { askAboutRequest(input: $input) { userErrors { code message path } } }
`);
export const note = graphql(`
  mutation NoteRequest($input: NoteRequestInput!) { noteRequest(input: $input) { userErrors { code message path } } }
`);
export const answer = graphql(`
  mutation AnswerRequest($input: AnswerRequestInput!) { answerRequest(input: $input) { userErrors { code message path } } }
`);
export const grant = graphql(`
  mutation GrantRequest($input: GrantRequestInput!) { grantRequest(input: $input) { userErrors { code message path } } }
`);
export const refuse = graphql(`
  mutation RefuseRequest($input: RefuseRequestInput!) { refuseRequest(input: $input) { userErrors { code message path } } }
`);
export const assign = graphql(`
  mutation AssignRequest($input: AssignRequestInput!) { assignRequest(input: $input) { userErrors { code message path } } }
`);
export const unassign = graphql(`
  mutation UnassignRequest($input: UnassignRequestInput!) { unassignRequest(input: $input) { userErrors { code message path } } }
`);
