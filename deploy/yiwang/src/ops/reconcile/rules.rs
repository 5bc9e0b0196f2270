//! What must agree, a function for each rule. The smaller side is read whole, the other asked for
//! its persons in chunks.

use std::collections::HashMap;

use sqlx::{PgConnection, types::chrono::NaiveDate};

use super::{Databases, Violation};

/// Persons asked for at once.
const CHUNK: usize = 5_000;

/// Every violation, in order.
pub(super) async fn all(on: &mut Databases) -> sqlx::Result<Vec<Violation>> {
    let mut found = Vec::new();
    dead_but_paid(on, &mut found).await?;
    dead_child_but_paid(on, &mut found).await?;
    dead_but_married(on, &mut found).await?;
    held_without_question(on, &mut found).await?;
    married_but_single(on, &mut found).await?;
    child_without_owner(on, &mut found).await?;
    child_without_placement(on, &mut found).await?;
    in_two_places(on, &mut found).await?;
    found.sort();
    found.dedup();
    Ok(found)
}

fn violation(rule: &'static str, cases: &[(&str, &str)]) -> Violation {
    let case = |(service, number): &(&str, &str)| format!("{service} {number}");
    Violation {
        rule,
        cases: cases.iter().map(case).collect(),
    }
}

/// Of these persons the dead, with the first month after the death.
async fn dead(
    burial: &mut PgConnection,
    persons: &[String],
    settled_for: f64,
) -> sqlx::Result<HashMap<String, NaiveDate>> {
    let mut dead = HashMap::new();
    for chunk in persons.chunks(CHUNK) {
        let rows: Vec<(String, NaiveDate)> = sqlx::query_as(
            "select person_key,
                    (date_trunc('month', died_at at time zone 'Asia/Shanghai')
                     + interval '1 month')::date
               from burial.death
              where person_key = any($1) and state <> 'voided'
                and recorded_at < now() - make_interval(secs => $2)",
        )
        .bind(chunk)
        .bind(settled_for)
        .fetch_all(&mut *burial)
        .await?;
        dead.extend(rows);
    }
    Ok(dead)
}

fn keys(rows: &[(String, String, NaiveDate)]) -> Vec<String> {
    let mut keys: Vec<String> = rows.iter().map(|(person, ..)| person.clone()).collect();
    keys.sort();
    keys.dedup();
    keys
}

/// Whoever died is due nothing from the month after, and what was paid is on record as too much.
async fn dead_but_paid(on: &mut Databases, found: &mut Vec<Violation>) -> sqlx::Result<()> {
    // Person, case, and the last month that is or will be paid.
    let rows: Vec<(String, String, NaiveDate)> = sqlx::query_as(
        "select s.person_key, s.case_number,
                coalesce(least(s.until_month, s.frozen_from, s.held_from, b.until_month)
                         - interval '1 month', '9999-12-01')::date as last
           from assistance.benefit_share s join assistance.benefit b using (case_number)
          where s.amount_fen > 0
            and coalesce(least(s.until_month, s.frozen_from, s.held_from, b.until_month)
                         > s.from_month, true)
         union all
         select l.person_key, p.case_number, l.month
           from assistance.payment_line l join assistance.payment p on p.id = l.payment_id
          where not exists (select 1 from assistance.overpayment o
                             where o.case_number = p.case_number
                               and o.person_key = l.person_key and o.month = l.month)",
    )
    .fetch_all(&mut *on.assistance)
    .await?;
    let dead = dead(&mut on.burial, &keys(&rows), on.settled_for).await?;
    for (person, case, last) in &rows {
        if dead.get(person).is_some_and(|from| last >= from) {
            found.push(violation("dead but still paid", &[("assistance", case)]));
        }
    }
    Ok(())
}

/// The same of children's allowances.
async fn dead_child_but_paid(on: &mut Databases, found: &mut Vec<Violation>) -> sqlx::Result<()> {
    let rows: Vec<(String, String, NaiveDate)> = sqlx::query_as(
        "select person, case_number,
                coalesce(until_month - interval '1 month', '9999-12-01')::date as last
           from child.allowance
          where not held and coalesce(until_month > from_month, true)
         union all
         select p.person, p.case_number, p.month from child.payment p
          where p.state in ('ready', 'sent', 'paid')
            and not exists (select 1 from child.overpayment o
                             where o.case_number = p.case_number and o.month = p.month)",
    )
    .fetch_all(&mut *on.child)
    .await?;
    let dead = dead(&mut on.burial, &keys(&rows), on.settled_for).await?;
    for (person, case, last) in &rows {
        if dead.get(person).is_some_and(|from| last >= from) {
            found.push(violation("dead but still paid", &[("child", case)]));
        }
    }
    Ok(())
}

/// A death ends the marriage.
async fn dead_but_married(on: &mut Databases, found: &mut Vec<Violation>) -> sqlx::Result<()> {
    let rows: Vec<(String, String, NaiveDate)> = sqlx::query_as(
        "select s.person_key, coalesce(r.case_number, '-'), r.registered_on
           from marriage.spouse s join marriage.record r on r.id = s.record where s.valid",
    )
    .fetch_all(&mut *on.marriage)
    .await?;
    let dead = dead(&mut on.burial, &keys(&rows), on.settled_for).await?;
    for (person, case, _) in &rows {
        if dead.contains_key(person) {
            found.push(violation("dead but married", &[("marriage", case)]));
        }
    }
    Ok(())
}

/// A share waits only while somebody is to look whether the person lives.
async fn held_without_question(on: &mut Databases, found: &mut Vec<Violation>) -> sqlx::Result<()> {
    let held: Vec<(String, String)> = sqlx::query_as(
        "select distinct person_key, case_number from assistance.benefit_share
          where held_from is not null and until_month is null",
    )
    .fetch_all(&mut *on.assistance)
    .await?;
    for (person, case) in held {
        let asked: bool = sqlx::query_scalar(
            "select exists (select 1 from burial.death_alarm
                             where person_key = $1 and kind = 'cremation_without_death'
                               and (settled_at is null
                                    or settled_at > now() - make_interval(secs => $2)))",
        )
        .bind(&person)
        .bind(on.settled_for)
        .fetch_one(&mut *on.burial)
        .await?;
        if !asked {
            found.push(violation("held but nobody looks", &[("assistance", &case)]));
        }
    }
    Ok(())
}

/// A spouse belongs to the household wherever they live (民发〔2021〕57号第七条). A family under
/// review is being looked at.
async fn married_but_single(on: &mut Databases, found: &mut Vec<Violation>) -> sqlx::Result<()> {
    let members: Vec<(String, String)> = sqlx::query_as(
        "select m.person_key, m.case_number
           from assistance.benefit_member m
           join casework.case_file f on f.number = m.case_number
          where m.active and f.state in ('confirmed', 'in_payment', 'grace')",
    )
    .fetch_all(&mut *on.assistance)
    .await?;
    for chunk in members.chunks(CHUNK) {
        let persons: Vec<&str> = chunk.iter().map(|(person, _)| person.as_str()).collect();
        let spouses: Vec<(String, String, String)> = sqlx::query_as(
            "select own.person_key, other.person_key, coalesce(r.case_number, '-')
               from marriage.spouse own
               join marriage.spouse other on other.record = own.record and other.side <> own.side
               join marriage.record r on r.id = own.record
              where own.valid and own.person_key = any($1)
                and r.registered_on < (now() - make_interval(secs => $2))::date + 1",
        )
        .bind(persons)
        .bind(on.settled_for)
        .fetch_all(&mut *on.marriage)
        .await?;
        for (person, spouse, record) in spouses {
            for (_, case) in chunk.iter().filter(|(member, _)| *member == person) {
                if !named(&mut on.assistance, case, &spouse).await? {
                    let cases = [("assistance", case.as_str()), ("marriage", record.as_str())];
                    found.push(violation("married but single in a household", &cases));
                }
            }
        }
    }
    Ok(())
}

async fn named(conn: &mut PgConnection, case: &str, person: &str) -> sqlx::Result<bool> {
    sqlx::query_scalar(
        "select exists (select 1 from casework.case_file f
                          join casework.case_person p on p.case_id = f.id
                         where f.number = $1 and p.person_key = $2)",
    )
    .bind(case)
    .bind(person)
    .fetch_one(conn)
    .await
}

/// Somebody of the village or the township answers for every open file.
async fn child_without_owner(on: &mut Databases, found: &mut Vec<Violation>) -> sqlx::Result<()> {
    let files: Vec<String> = sqlx::query_scalar(
        "select case_number from child.file f
          where open and not exists (
              select 1 from child.director d
               where d.active and d.division in (f.division, left(f.division, 9)))",
    )
    .fetch_all(&mut *on.child)
    .await?;
    let rule = "child without owner";
    found.extend(files.iter().map(|case| violation(rule, &[("child", case)])));
    Ok(())
}

/// A child in guardianship is in a place at every moment.
async fn child_without_placement(
    on: &mut Databases,
    found: &mut Vec<Violation>,
) -> sqlx::Result<()> {
    let cases: Vec<String> = sqlx::query_scalar(
        "select g.case_number from child.guardianship g
          where g.open and not exists (
              select 1 from child.custody c join child.placement p on p.custody = c.id
               where c.case_number = g.case_number and not isfinite(c.until)
                 and not isfinite(p.to_at))",
    )
    .fetch_all(&mut *on.child)
    .await?;
    let rule = "child without placement while in care";
    found.extend(cases.iter().map(|case| violation(rule, &[("child", case)])));
    Ok(())
}

/// Whoever is in a rescue station is not in another place of care: a child that was moved on, or
/// is under long-term guardianship, has left the station.
async fn in_two_places(on: &mut Databases, found: &mut Vec<Violation>) -> sqlx::Result<()> {
    let stays: Vec<(String, String)> = sqlx::query_as(
        "select person_key, case_number from rescue.stay
          where state = 'admitted' and person_key is not null
            and admitted_at < now() - make_interval(secs => $1)",
    )
    .bind(on.settled_for)
    .fetch_all(&mut *on.rescue)
    .await?;
    for chunk in stays.chunks(CHUNK) {
        let persons: Vec<&str> = chunk.iter().map(|(person, _)| person.as_str()).collect();
        let placed: Vec<(String, String)> = sqlx::query_as(
            "select c.child_key, c.case_number
               from child.custody c join child.placement p on p.custody = c.id
              where c.child_key = any($1) and not isfinite(c.until) and not isfinite(p.to_at)
                and (c.kind = 'long' or p.nth > 1)",
        )
        .bind(persons)
        .fetch_all(&mut *on.child)
        .await?;
        for (person, placement) in placed {
            for (_, stay) in chunk.iter().filter(|(other, _)| *other == person) {
                let cases = [("rescue", stay.as_str()), ("child", placement.as_str())];
                found.push(violation("in two places", &cases));
            }
        }
    }
    Ok(())
}
