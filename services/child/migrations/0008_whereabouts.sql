-- A child under long-term guardianship who may be adopted stands among those who wait for a family.
alter table child.guardianship add column adoptable boolean not null default false;

-- The township that became known after the report; empty: that of the case.
alter table child.protection add column home text not null default ''
  check (home = '' or home ~ '^[0-9]{9}$');
