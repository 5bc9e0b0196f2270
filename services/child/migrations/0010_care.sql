-- Who may not care for a child, nor receive its money (未成年人保护法 22; rules B5.11, B5.12): asked by
-- whoever places a child and by the payments before money leaves.

-- Suspected of harm to a child, until the case ends in which the report went on at last.
create function child.is_suspect(person text) returns boolean language sql stable as $$
  with recursive way as (
    select p.case_number, p.state, p.goes_on_in
      from child.suspect s join child.protection p using (case_number)
     where s.person_key = person
    union
    select p.case_number, p.state, p.goes_on_in
      from way join child.protection p on p.case_number = way.goes_on_in
  )
  select exists (select from way where goes_on_in is null and state <> 'closed')
$$;

create function child.may_not_care(person text) returns boolean language sql stable as $$
  select person <> '' and (child.is_suspect(person)
    or exists (select from child.barred_carer b where b.person_key = person))
$$;

-- A foster family may owe fees too.
alter table child.overpayment drop constraint overpayment_case_number_fkey;
