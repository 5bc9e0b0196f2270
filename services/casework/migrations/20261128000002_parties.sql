-- Who on a form counts as a party: sees the case and acts in it, as the applicant does.
alter table casework.case_person add column party boolean not null default false;
create index case_of_party on casework.case_person (person_key, case_id) where party;
