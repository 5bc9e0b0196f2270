//! What must agree, a function for each rule. Persons are asked for in chunks: no rule reads a
//! register whole, and none asks row by row.

use std::collections::{HashMap, HashSet};

use sqlx::PgConnection;

use super::{Databases, Violation, dead};

/// Persons asked for at once.
pub(super) const CHUNK: usize = 5_000;

/// Every violation, in order.
pub(super) async fn all(on: &mut Databases) -> sqlx::Result<Vec<Violation>> {
    let mut found = Vec::new();
    dead::all(on, &mut found).await?;
    held_without_question(on, &mut found).await?;
    married_but_single(on, &mut found).await?;
    child_without_owner(on, &mut found).await?;
    child_without_placement(on, &mut found).await?;
    in_two_places(on, &mut found).await?;
    found.sort();
    found.dedup();
    Ok(found)
}

pub(super) fn violation(rule: &'static str, cases: &[(&str, &str)]) -> Violation {
    let case = |(service, number): &(&str, &str)| format!("{service} {number}");
    Violation {
        rule,
        cases: cases.iter().map(case).collect(),
    }
}

/// The persons after this one, in order; `persons` asks for those above `$1`, at most `$2`.
pub(super) async fn page(
    conn: &mut PgConnection,
    persons: &'static str,
    after: &str,
) -> sqlx::Result<Vec<String>> {
    sqlx::query_scalar(persons)
        .bind(after)
        .bind(i64::try_from(CHUNK).unwrap_or(i64::MAX))
        .fetch_all(conn)
        .await
}

/// A share waits only while somebody is to look whether the person lives.
async fn held_without_question(on: &mut Databases, found: &mut Vec<Violation>) -> sqlx::Result<()> {
    let held: Vec<(String, String)> = sqlx::query_as(
        "select distinct person_key, case_number from assistance.benefit_share
          where held_from is not null and until_month is null",
    )
    .fetch_all(&mut *on.assistance)
    .await?;
    for chunk in held.chunks(CHUNK) {
        let persons: Vec<&str> = chunk.iter().map(|(person, _)| person.as_str()).collect();
        let asked: Vec<String> = sqlx::query_scalar(
            "select distinct person_key from burial.death_alarm
              where person_key = any($1) and kind = 'cremation_without_death'
                and reason = 'NO_DEATH'
                and (settled_at is null or settled_at > now() - make_interval(secs => $2))",
        )
        .bind(persons)
        .bind(on.settled_for)
        .fetch_all(&mut *on.burial)
        .await?;
        let asked: HashSet<String> = asked.into_iter().collect();
        for (_, case) in chunk.iter().filter(|(person, _)| !asked.contains(person)) {
            found.push(violation("held but nobody looks", &[("assistance", case)]));
        }
    }
    Ok(())
}

/// A spouse belongs to the household wherever they live (民发〔2021〕57号第七条). A family under
/// review is being looked at.
async fn married_but_single(on: &mut Databases, found: &mut Vec<Violation>) -> sqlx::Result<()> {
    let members = "select distinct person_key from assistance.benefit_member
                    where active and person_key > $1 order by person_key limit $2";
    let mut after = String::new();
    loop {
        let persons = page(&mut on.assistance, members, &after).await?;
        let Some(last) = persons.last() else {
            return Ok(());
        };
        after.clone_from(last);
        single(on, &persons, found).await?;
    }
}

async fn single(
    on: &mut Databases,
    persons: &[String],
    found: &mut Vec<Violation>,
) -> sqlx::Result<()> {
    let rows: Vec<(String, String)> = sqlx::query_as(
        "select m.person_key, m.case_number
           from assistance.benefit_member m
           join casework.case_file f on f.number = m.case_number
          where m.active and m.person_key = any($1)
            and f.state in ('confirmed', 'in_payment', 'grace')",
    )
    .bind(persons)
    .fetch_all(&mut *on.assistance)
    .await?;
    let mut cases: HashMap<&str, Vec<&str>> = HashMap::new();
    for (person, case) in &rows {
        cases.entry(person).or_default().push(case);
    }
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
    let mut pairs = Vec::new();
    for (person, spouse, record) in &spouses {
        let of = cases.get(person.as_str()).into_iter().flatten();
        pairs.extend(of.map(|case| (*case, spouse.as_str(), record.as_str())));
    }
    let named = named(&mut on.assistance, &pairs).await?;
    for (case, spouse, record) in pairs {
        if !named.contains(&(case.to_owned(), spouse.to_owned())) {
            let cases = [("assistance", case), ("marriage", record)];
            found.push(violation("married but single in a household", &cases));
        }
    }
    Ok(())
}

/// Which of these cases name this person.
async fn named(
    conn: &mut PgConnection,
    pairs: &[(&str, &str, &str)],
) -> sqlx::Result<HashSet<(String, String)>> {
    let (cases, persons): (Vec<&str>, Vec<&str>) = pairs
        .iter()
        .map(|(case, person, _)| (*case, *person))
        .unzip();
    let rows: Vec<(String, String)> = sqlx::query_as(
        "select asked.number, asked.person
           from unnest($1::text[], $2::text[]) as asked (number, person)
           join casework.case_file f on f.number = asked.number
           join casework.case_person p on p.case_id = f.id and p.person_key = asked.person",
    )
    .bind(cases)
    .bind(persons)
    .fetch_all(conn)
    .await?;
    Ok(rows.into_iter().collect())
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
