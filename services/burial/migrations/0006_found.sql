-- A rescue station knows somebody whom the register has as dead, or lost somebody to death
-- (一件事 D7: rescue.identified, rescue.person.died).
alter table burial.death_alarm drop constraint death_alarm_kind_check;
alter table burial.death_alarm add constraint death_alarm_kind_check
  check (kind in ('cremation_without_death', 'feed_refused', 'certificate_contested',
                  'found_alive', 'died_in_station'));
