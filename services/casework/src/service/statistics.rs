//! Counts for officers within their regions.

use jiff::civil::Date;
use yiwang_chassis::{
    fault::{Fault, FieldViolation},
    identity::Caller,
};
use yiwang_civic::division;
use yiwang_proto::casework::v1 as pb;

use crate::{access::reach::Reach, runtime::Runtime, store};

pub(super) async fn run(
    rt: &Runtime,
    caller: &Caller,
    request: pb::GetStatisticsRequest,
) -> Result<pb::Statistics, Fault> {
    let roles = rt.viewing_roles();
    let grants: Vec<_> = caller
        .grants
        .iter()
        .filter(|grant| roles.contains(&grant.role))
        .collect();
    let scopes = grants.iter().filter_map(|grant| grant.scope());
    let widest = scopes
        .min_by_key(|scope| scope.len())
        .ok_or_else(Fault::forbidden)?;
    // A region outside the caller's grants is answered with the widest of their own.
    let asked = Some(request.division.as_str())
        .filter(|asked| !asked.is_empty() && grants.iter().any(|grant| grant.covers(asked)));
    let scope = asked.map_or(widest, division::scope_prefix);
    let today = yiwang_civic::time::beijing_date(rt.now());
    let from = day(&request.from_day, "/from_day")?.unwrap_or(today.first_of_year());
    let to = day(&request.to_day, "/to_day")?.unwrap_or(today);
    let mut conn = rt.pool.acquire().await?;
    let reach = Reach::of(rt, caller);
    let counts = store::statistics::count(&mut conn, &reach, scope, (from, to), rt.now()).await?;
    let label = |item: &str, state: &str| {
        let state = rt.item(item).ok().and_then(|item| item.state(state));
        state.map_or("", |state| state.label).to_owned()
    };
    let place = |code: &str| {
        division::find(code)
            .map(|d| d.name.to_string())
            .unwrap_or_default()
    };
    Ok(pb::Statistics {
        by_state: counts
            .by_state
            .into_iter()
            .map(|(item, key, count)| pb::Count {
                label: label(&item, &key),
                key,
                count,
            })
            .collect(),
        by_division: counts
            .by_division
            .into_iter()
            .map(|(key, count)| pb::Count {
                label: place(&key),
                key,
                count,
            })
            .collect(),
        by_day: counts
            .by_day
            .into_iter()
            .map(|(key, count)| pb::Count {
                label: key.clone(),
                key,
                count,
            })
            .collect(),
        open: counts.open,
        overdue: counts.overdue,
        total: counts.total,
    })
}

fn day(text: &str, field: &str) -> Result<Option<Date>, Fault> {
    if text.is_empty() {
        return Ok(None);
    }
    text.parse().map(Some).map_err(|_| {
        let message = "日期的格式应为2026-05-12。";
        Fault::invalid(vec![FieldViolation::new(field, "WRONG_FORMAT", message)])
    })
}
