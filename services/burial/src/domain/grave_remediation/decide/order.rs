//! The owner is ordered, or looked for.

use yiwang_casework::{
    Case, Context, Decision,
    decision::{PostNotice, StartClock},
};

use super::{
    super::{
        GraveRemediation,
        action::{Announce, Order},
        documents,
        state::State,
    },
    Decided,
};
use crate::domain::desk::{at_field, day, filled, valid};

/// Name of the public notice.
pub const NOTICE: &str = "ownerless";

/// 责令限期改正, within what the region allows.
pub(super) fn order(case: &Case<GraveRemediation>, data: Order, cx: &Context<'_>) -> Decided {
    let Some(owner) = &case.facts.owner else {
        let message = "还没有认定墓主；查不清归属的，请发布无主坟公告。";
        return Err(yiwang_casework::Refusal::new("OWNER_UNKNOWN", message));
    };
    let empty = [
        filled(&data.measures, "/measures", "请写明改正要求。"),
        filled(&data.delivered, "/delivered", "请填写送达方式和日期。"),
    ];
    valid(empty.into_iter().flatten().collect())?;
    let least = cx.rule("burial.remediation.order_days")?.count()?;
    let most = cx.rule("burial.remediation.order_days_max")?.count()?;
    if !(least..=most).contains(&data.days) {
        let message = format!("改正期限应当在{least}到{most}天之间。");
        return Err(at_field("ORDER_DAYS", "/days", message));
    }
    let due = cx.calendar.add_calendar_days(cx.today(), data.days);
    let paper = documents::order(&case.form, owner, &data, cx.today(), due.last_day);
    let clock = StartClock::fire("order", "限期改正", "地方殡葬管理规定", due);
    let mut facts = case.facts.clone();
    facts.orders.push((data, due.last_day));
    let note = format!("责令限期改正，至{}", day(due.last_day));
    Ok(Decision::to(State::Ordered, facts, note)
        .issue(paper)
        .start(clock))
}

/// 无主坟公告.
pub(super) fn announce(
    case: &Case<GraveRemediation>,
    data: &Announce,
    cx: &Context<'_>,
) -> Decided {
    valid(
        filled(&data.medium, "/medium", "请填写公告地点。")
            .into_iter()
            .collect(),
    )?;
    if case.facts.owner.is_some() {
        let message = "墓主已经查清，请责令限期改正，不用公告。";
        return Err(yiwang_casework::Refusal::new("OWNER_KNOWN", message));
    }
    let due = cx.calendar_days("burial.remediation.notice_days")?;
    let form = &case.form;
    let notice = PostNotice {
        name: NOTICE.to_owned(),
        kind: "无主坟公告".to_owned(),
        title: format!("{}无主坟认领公告", form.address.trim()),
        rows: vec![
            ("位置".to_owned(), form.address.trim().to_owned()),
            (
                "经纬度".to_owned(),
                format!("{}，{}", form.longitude.trim(), form.latitude.trim()),
            ),
            ("类型".to_owned(), form.kind.label().to_owned()),
            ("数量".to_owned(), format!("{}座", form.graves)),
        ],
        text: format!(
            "请墓主或者知情人在{}前到乡镇（街道）民政窗口登记；期满没有人登记的，依法迁移或者深埋。",
            day(due.last_day)
        ),
        place: data.medium.trim().to_owned(),
        last_day: due.last_day,
    };
    let clock = StartClock::fire("announcement", "无主坟公告", "地方殡葬管理规定", due);
    let mut facts = case.facts.clone();
    facts.announced = Some((data.medium.trim().to_owned(), due.last_day));
    let note = format!("发布无主坟公告，至{}", day(due.last_day));
    Ok(Decision::to(State::Announced, facts, note)
        .post(notice)
        .start(clock))
}

/// Time is up.
pub(super) fn over(case: &Case<GraveRemediation>, note: &str) -> Decision<GraveRemediation> {
    Decision::to(State::Overdue, case.facts.clone(), note)
}
