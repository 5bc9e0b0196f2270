-- Of two spouses who died the paper of either is known: when one death proves wrong, or is moved
-- behind the other, the marriage was ended by the other's.
alter table marriage.person add column death_paper text;

update marriage.person p
   set death_paper = r.ended_by
  from marriage.spouse s join marriage.record r on r.id = s.record
 where s.person_key = p.person_key and r.state in ('ended_death', 'ended_declared')
   and r.ended_on = p.died_on;
