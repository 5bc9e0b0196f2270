//! The month's access to closed cases as counts, for the yearly audit (未成年人网络保护条例 37).

use yiwang_chassis::{
    audit::Outcome,
    fault::{Fault, FieldViolation},
    identity::{Caller, Grant, Role},
};
use yiwang_civic::{division, time};
use yiwang_proto::casework::v1 as pb;

use super::audited;
use crate::{
    access::standing::Ground,
    runtime::Runtime,
    store::{self, access::report::Asked},
};

/// Who reads it, within their regions.
const READERS: &[Role] = &[Role::Auditor, Role::SecurityAdmin, Role::ChildCounty];

pub(in crate::service) async fn run(
    rt: &Runtime,
    caller: &Caller,
    request: pb::GetAccessReportRequest,
) -> Result<pb::AccessReport, Fault> {
    let reads = |grant: &&Grant| READERS.contains(&grant.role);
    let grants: Vec<&Grant> = caller.grants.iter().filter(reads).collect();
    let widest = grants
        .iter()
        .filter(|grant| grant.scope().is_some())
        .min_by_key(|grant| grant.scope().map_or(0, str::len))
        .ok_or_else(Fault::forbidden)?;
    let division = match request.division.trim() {
        "" => widest.division.as_str(),
        asked if grants.iter().any(|grant| grant.covers(asked)) => asked,
        _ => return Err(Fault::forbidden()),
    };
    let month: time::Month = request.month.trim().parse().map_err(|_| {
        let message = "月份的格式应为2026-05。";
        Fault::invalid(vec![FieldViolation::new("/month", "WRONG_FORMAT", message)])
    })?;
    let span = (
        time::start_of_day(month.first_day()),
        time::start_of_day(month.next().first_day()),
    );
    let scope = division::scope_prefix(division);
    let mut tx = rt.pool.begin().await?;
    let reads = store::access::report::reads(&mut tx, scope, span).await?;
    let asked = store::access::report::asked(&mut tx, scope, span, rt.now()).await?;
    let about = (request.month.trim(), "每月查看情况统计");
    audited(rt, &mut tx, caller, "access.report", about, Outcome::Done).await?;
    tx.commit().await?;
    let reads = reads.into_iter().map(|row| pb::AccessReads {
        item_title: title(rt, &row.item),
        ground_label: Ground::from_code(&row.ground)
            .map_or("", Ground::label)
            .to_owned(),
        item: row.item,
        ground: row.ground,
        reads: row.reads,
        officers: row.officers,
        cases: row.cases,
    });
    Ok(pb::AccessReport {
        month: request.month.trim().to_owned(),
        division: division.to_owned(),
        division_name: division::full_name(division).unwrap_or_default(),
        reads: reads.collect(),
        requests: asked.into_iter().map(|row| requests(rt, row)).collect(),
    })
}

fn requests(rt: &Runtime, row: Asked) -> pb::AccessRequests {
    pb::AccessRequests {
        item_title: title(rt, &row.item),
        item: row.item,
        requested: row.requested,
        approved: row.approved,
        refused: row.refused,
        unanswered: row.requested - row.approved - row.refused,
        break_glass: row.break_glass,
        reviewed_in_time: row.in_time,
        reviewed_late: row.late,
        not_reviewed: row.not_reviewed,
        unjustified: row.unjustified,
    }
}

fn title(rt: &Runtime, item: &str) -> String {
    rt.item(item).map_or("", |item| item.title()).to_owned()
}
