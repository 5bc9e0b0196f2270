//! Reports by state, the latest first. Names masked.

use serde_json::json;
use sqlx::FromRow;
use yiwang_casework::{Runtime, page::limit_of};
use yiwang_chassis::{audit, fault::Fault, identity::Caller};
use yiwang_civic::mask;
use yiwang_proto::rescue::v1 as pb;

use super::{api, broken, searches};
use crate::domain::kin::report::{Report, Sex};

#[derive(FromRow)]
struct Row {
    id: i64,
    number: String,
    source: String,
    state: String,
    case_number: Option<String>,
    sealed: Vec<u8>,
}

/// One page.
pub(super) async fn reports(
    rt: &Runtime,
    caller: &Caller,
    request: pb::ListReportsRequest,
) -> Result<pb::ReportList, Fault> {
    searches(caller)?;
    let limit = limit_of(request.limit);
    let before = match request.cursor.trim() {
        "" => i64::MAX,
        cursor => cursor.parse().map_err(|_| {
            Fault::invalid_field("/cursor", "CURSOR", "页码不对，请从第一页重新开始。")
        })?,
    };
    let mut rows: Vec<Row> = sqlx::query_as(
        "select id, number, source, state, case_number, sealed from rescue.report
          where id < $1 and ($2 = '' or state = $2) and ($3 = '' or source = $3)
          order by id desc limit $4",
    )
    .bind(before)
    .bind(request.state.trim())
    .bind(request.source.trim())
    .bind(limit + 1)
    .fetch_all(&rt.pool)
    .await?;
    let size = usize::try_from(limit).unwrap_or(usize::MAX);
    let more = rows.len() > size;
    rows.truncate(size);
    let next_cursor = match rows.last() {
        Some(row) if more => row.id.to_string(),
        _ => String::new(),
    };
    let mut reports = Vec::with_capacity(rows.len());
    for row in rows {
        let report: Report = rt
            .open("report", &row.number, &row.sealed)
            .map_err(broken)?;
        reports.push(pb::ReportLine {
            label: report.name.as_deref().map(mask::name).unwrap_or_default(),
            sex: match report.sex {
                Some(Sex::M) => "male".to_owned(),
                Some(Sex::F) => "female".to_owned(),
                None => String::new(),
            },
            home: report.native_place.unwrap_or_default(),
            reported_on: report.report_date.unwrap_or_default(),
            number: row.number,
            source: row.source,
            state: row.state,
            case_number: row.case_number.unwrap_or_default(),
        });
    }
    let detail = json!({ "state": request.state.trim(), "source": request.source.trim(), "shown": reports.len() });
    let looked = ("查看寻人信息", detail);
    let entry = api::entry(rt, caller, "kin.list", "reports".to_owned(), looked);
    audit::record(&mut *rt.pool.acquire().await?, &entry).await?;
    Ok(pb::ReportList {
        reports,
        next_cursor,
    })
}
