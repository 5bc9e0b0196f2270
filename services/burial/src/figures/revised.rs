//! The same period as it was known on an earlier day.

use std::collections::BTreeMap;

use jiff::civil::Date;
use sqlx::PgConnection;
use yiwang_chassis::fault::Fault;
use yiwang_proto::burial::v1 as pb;

use super::{Asked, known, known::Group, sums::month};
use crate::domain::rate::Count;

/// What became known between `before` and the day of the question, in all and by month of death;
/// `now` are the deaths of the question. Whoever died after `before` could not be known then, and
/// is no revision.
pub(super) async fn since(
    conn: &mut PgConnection,
    asked: &Asked<'_>,
    before: Date,
    now: &[Group],
) -> Result<pb::FigureRevision, Fault> {
    if before >= asked.as_of {
        let message = "比较的日期应当早于截至日期。";
        return Err(Fault::invalid_field("/before", "OUT_OF_RANGE", message));
    }
    let asked = &Asked {
        to: asked.to.min(before),
        ..*asked
    };
    let now: Vec<Group> = now
        .iter()
        .filter(|group| group.died_on <= asked.to)
        .cloned()
        .collect();
    let then = known::deaths(conn, asked.scope, (asked.from, asked.to), before).await?;
    let (added, removed) = known::changed(conn, asked, before).await?;
    let (old, new) = (Count::of(&then, &[]), Count::of(&now, &[]));
    Ok(pb::FigureRevision {
        before: before.to_string(),
        added,
        removed,
        rate_before: old.rate(),
        rate_now: new.rate(),
        cremated_before: old.cremated,
        cremated_now: new.cremated,
        months: months(&then, &now),
    })
}

fn months(then: &[Group], now: &[Group]) -> Vec<pb::RevisedMonth> {
    let mut months: BTreeMap<String, (Count, Count)> = BTreeMap::new();
    for group in then {
        let (old, _) = months.entry(month(group.died_on)).or_default();
        old.add(group, &[]);
    }
    for group in now {
        let (_, new) = months.entry(month(group.died_on)).or_default();
        new.add(group, &[]);
    }
    let row = |(month, (old, new)): (String, (Count, Count))| pb::RevisedMonth {
        month,
        deaths_before: old.deaths,
        cremated_before: old.cremated,
        rate_before: old.rate(),
        deaths_now: new.deaths,
        cremated_now: new.cremated,
        rate_now: new.rate(),
    };
    months.into_iter().map(row).collect()
}
