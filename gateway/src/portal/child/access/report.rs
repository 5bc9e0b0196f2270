//! Who looked at closed cases in a month, as counts: for the yearly audit, to be printed.

use axum::response::Response;
use jiff::{ToSpan as _, civil::Date};
use yiwang_chassis::fault::Fault;
use yiwang_proto::casework::v1 as pb;

use crate::portal::{
    child::{AUDIT, Region, tabs},
    desk::Desk,
    view::{Section, child::access::AccessReportPage},
};

/// The report of a month; the one before this when none was asked for.
pub(in crate::portal::child) async fn show(desk: Desk) -> Result<Response, Fault> {
    let region = Region::of(&desk, AUDIT)?;
    let request = pb::GetAccessReportRequest {
        month: month(desk.query("month"), desk.today()),
        division: region.chosen.clone(),
    };
    let backends = desk.state.backends();
    let report = backends.access_report(desk.who()?, request).await?;
    Ok(desk.page(&AccessReportPage {
        chrome: desk
            .chrome()
            .titled("保密办件查阅月报", Section::Statistics),
        tabs: tabs(&desk, "/child/access")?,
        region,
        report,
    }))
}

/// A month as typed, `2026-05`.
fn month(typed: &str, today: Date) -> String {
    let whole = format!("{typed}-01").parse::<Date>().is_ok();
    if whole && typed.len() == 7 {
        return typed.to_owned();
    }
    let before = today.checked_sub(1.month()).unwrap_or(today);
    format!("{:04}-{:02}", before.year(), before.month())
}

#[cfg(test)]
mod tests {
    use super::month;

    #[test]
    fn the_month_that_is_over_is_reported() {
        let today = jiff::civil::date(2026, 1, 31);
        assert_eq!(month("", today), "2025-12");
        assert_eq!(month("2026-13", today), "2025-12");
        assert_eq!(month("2025-05", today), "2025-05");
    }
}
