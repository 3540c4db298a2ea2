-- The back office: what waits for somebody is found without reading what is done.

create index enrollment_waiting on enrollment (program_id, created_at) where status = 'applied';
create index withdrawal_waiting on withdrawal (program_id, requested_at) where status in ('requested', 'processing');
create index class_request_waiting on class_request (program_id, requested_at) where status = 'requested';
create index case_waiting on compliance_case (program_id, opened_at) where status = 'open';
