//! Whoever died is due nothing and married to nobody.

use std::collections::HashMap;

use sqlx::{PgConnection, types::chrono::NaiveDate};

use super::{
    Databases, Violation,
    rules::{page, violation},
};

/// What a service says of persons who may be dead.
struct Side {
    service: &'static str,
    rule: &'static str,
    /// Persons above `$1`, at most `$2`.
    persons: &'static str,
    /// Of the persons `$1`: person, case, and the last month in which they count as living.
    rows: &'static str,
}

/// Whoever died is due nothing from the month after, and what was paid is on record as too much.
const ASSISTANCE: Side = Side {
    service: "assistance",
    rule: "dead but still paid",
    persons: "select distinct person_key from assistance.benefit_share
               where person_key > $1 order by person_key limit $2",
    rows: "select s.person_key, s.case_number,
                  coalesce(least(s.until_month, s.frozen_from, s.held_from, b.until_month)
                           - interval '1 month', '9999-12-01')::date as last
             from assistance.benefit_share s join assistance.benefit b using (case_number)
            where s.person_key = any($1) and s.amount_fen > 0
              and coalesce(least(s.until_month, s.frozen_from, s.held_from, b.until_month)
                           > s.from_month, true)
           union all
           select l.person_key, p.case_number, l.month
             from assistance.payment_line l join assistance.payment p on p.id = l.payment_id
            where l.person_key = any($1) and not exists (
                select 1 from assistance.overpayment o
                 where o.case_number = p.case_number
                   and o.person_key = l.person_key and o.month = l.month)",
};

/// The same of children's allowances.
const CHILD: Side = Side {
    service: "child",
    rule: "dead but still paid",
    persons: "select distinct person from child.allowance
               where person > $1 order by person limit $2",
    rows: "select person, case_number,
                  coalesce(until_month - interval '1 month', '9999-12-01')::date as last
             from child.allowance
            where person = any($1) and not held and coalesce(until_month > from_month, true)
           union all
           select p.person, p.case_number, p.month
             from child.payment p join child.allowance a using (case_number)
            where a.person = any($1) and p.state in ('ready', 'sent', 'paid')
              and not exists (select 1 from child.overpayment o
                               where o.case_number = p.case_number and o.month = p.month)",
};

/// A death ends the marriage.
const MARRIAGE: Side = Side {
    service: "marriage",
    rule: "dead but married",
    persons: "select distinct person_key from marriage.spouse
               where valid and person_key > $1 order by person_key limit $2",
    rows: "select s.person_key, coalesce(r.case_number, '-'), '9999-12-01'::date
             from marriage.spouse s join marriage.record r on r.id = s.record
            where s.valid and s.person_key = any($1)",
};

/// All three.
pub(super) async fn all(on: &mut Databases, found: &mut Vec<Violation>) -> sqlx::Result<()> {
    let (burial, secs) = (&mut *on.burial, on.settled_for);
    living(&mut on.assistance, (&mut *burial, secs), &ASSISTANCE, found).await?;
    living(&mut on.child, (&mut *burial, secs), &CHILD, found).await?;
    living(&mut on.marriage, (&mut *burial, secs), &MARRIAGE, found).await
}

/// Who counts as living after the death. The service is read before the register of deaths: a
/// death that is taken back in between is none.
async fn living(
    conn: &mut PgConnection,
    (burial, settled_for): (&mut PgConnection, f64),
    side: &Side,
    found: &mut Vec<Violation>,
) -> sqlx::Result<()> {
    let mut after = String::new();
    loop {
        let persons = page(conn, side.persons, &after).await?;
        let Some(last) = persons.last() else {
            return Ok(());
        };
        after.clone_from(last);
        let rows: Vec<(String, String, NaiveDate)> = sqlx::query_as(side.rows)
            .bind(&persons)
            .fetch_all(&mut *conn)
            .await?;
        let dead = dead(burial, &persons, settled_for).await?;
        for (person, case, last) in &rows {
            if dead.get(person).is_some_and(|from| last >= from) {
                found.push(violation(side.rule, &[(side.service, case)]));
            }
        }
    }
}

/// Of these persons the dead, with the first month after the death.
async fn dead(
    burial: &mut PgConnection,
    persons: &[String],
    settled_for: f64,
) -> sqlx::Result<HashMap<String, NaiveDate>> {
    let rows: Vec<(String, NaiveDate)> = sqlx::query_as(
        "select person_key,
                (date_trunc('month', died_at at time zone 'Asia/Shanghai')
                 + interval '1 month')::date
           from burial.death
          where person_key = any($1) and state <> 'voided'
            and recorded_at < now() - make_interval(secs => $2)",
    )
    .bind(persons)
    .bind(settled_for)
    .fetch_all(burial)
    .await?;
    Ok(rows.into_iter().collect())
}
