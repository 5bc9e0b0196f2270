//! The use period: a reminder before it ends, a notice after it, and nothing is dug up
//! (rules B3.3).

use jiff::civil::Date;
use yiwang_casework::{
    Context, Decision, NoticeOp, Refusal,
    decision::{PostNotice, StartClock},
};
use yiwang_civic::{mask, params::ParamError};

use super::{Decided, Scene, contract::last_day, later, on};
use crate::domain::{
    desk::{self, at_field, filled},
    grave::{
        action::Renew,
        documents,
        facts::{Facts, Renewal},
        state::State,
        world::Effect,
    },
};

/// Clock of the reminder.
pub(in super::super) const PERIOD_ENDING: &str = "period_ending";
/// Clock of the last day.
pub(in super::super) const PERIOD_END: &str = "period_end";
/// Clock of the notice.
pub(in super::super) const NOTICE_END: &str = "notice_end";
/// Name of the notice.
pub(in super::super) const EXPIRED_NOTICE: &str = "expired";

const BASIS: &str = "民事发〔1998〕10号：墓位使用周期；国令824号";

/// Reminder and end of the present period; none where there is no period.
pub(super) fn clocks(facts: &Facts, cx: &Context<'_>) -> Result<Vec<StartClock>, ParamError> {
    let Some(until) = facts.until() else {
        return Ok(Vec::new());
    };
    let before = i64::from(cx.rule("burial.grave.remind_days")?.count()?);
    let reminder = later(until, -before);
    Ok(vec![
        StartClock::fire(PERIOD_ENDING, "到期前提醒", BASIS, on(reminder)),
        StartClock::fire(PERIOD_END, "使用期限", BASIS, on(until)),
    ])
}

/// 即将到期.
pub(super) fn ending(scene: Scene<'_>) -> Decided {
    let facts = scene.facts();
    let until = facts.until().unwrap_or(scene.cx.today());
    let message = format!(
        "{}{}的使用期到{}为止。请提前在“申请续期”里办理，那里写着费用；也可以迁出。",
        facts.facility,
        facts.label,
        desk::day(until)
    );
    Ok(scene
        .moved_to(State::Expiring, facts, "到期前提醒")
        .tell(message))
}

/// 使用期满: notice, unless kin in the same place have a longer period.
pub(super) fn ended(scene: Scene<'_>) -> Decided {
    let (facts, today) = (scene.facts(), scene.cx.today());
    let place = scene.place()?;
    let longest = place.spot.live().filter_map(|one| one.until).max();
    if let Some(longest) = longest.filter(|until| *until > today) {
        let clock = StartClock::fire(PERIOD_END, "使用期限", BASIS, on(longest));
        let message = format!(
            "同一位置合葬的合同到{}才到期，使用期随它延续。",
            desk::day(longest)
        );
        return Ok(scene
            .moved_to(State::Expiring, facts, "随合葬合同延续")
            .tell(message)
            .start(clock));
    }
    let days = scene.cx.rule("burial.grave.notice_days")?.count()?;
    let last = later(today, i64::from(days));
    let notice = notice(scene, last);
    let clock = StartClock::fire(NOTICE_END, "到期公告", BASIS, on(last));
    let document = documents::expired(scene.case, last);
    let message = format!(
        "使用期已满，正在公告，到{}为止。请尽快续期或者迁出；公告期间骨灰不会移动。",
        desk::day(last)
    );
    Ok(scene
        .moved_to(State::Expired, facts, "使用期满，公告并查找家属")
        .tell(message)
        .post(notice)
        .start(clock)
        .issue(document)
        .effect(Effect::Expire))
}

/// Masked: what is here is what everybody reads.
fn notice(scene: Scene<'_>, last_day: jiff::civil::Date) -> PostNotice {
    let facts = &scene.case.facts;
    let name = mask::name(scene.case.form.user.name.trim());
    let until = facts.until().map_or_else(String::new, desk::day);
    PostNotice {
        name: EXPIRED_NOTICE.to_owned(),
        kind: "墓位（格位）到期公告".to_owned(),
        title: format!("{}到期公告", facts.facility),
        rows: vec![
            ("位置".to_owned(), facts.label.clone()),
            ("使用人".to_owned(), name.clone()),
            ("到期日".to_owned(), until),
        ],
        text: format!(
            "{name}的使用期已满。请家属在公告期内携带身份证件到{}办理续期或者迁出。公告期满不办理的，依法处置。",
            facts.facility
        ),
        place: facts.facility.clone(),
        last_day,
    }
}

/// 公告期满: from here on only the law moves anything.
pub(super) fn notice_ended(scene: Scene<'_>) -> Decision<super::Grave> {
    scene
        .moved_to(State::NoticeOver, scene.facts(), "公告期满，没有人办理")
        .tell("公告期满没有人来办理。仍然可以续期或者迁出，请尽快与公墓联系。")
}

fn until(scene: Scene<'_>) -> Result<Date, Refusal> {
    scene.case.facts.until().ok_or_else(|| {
        let message = "生态安葬没有使用期限，不用续期。";
        Refusal::new("NO_PERIOD", message)
    })
}

/// The last day after so many years more.
pub(super) fn longer(scene: Scene<'_>, years: u32) -> Result<Date, Refusal> {
    let until = until(scene)?;
    let cycle = scene.cx.rule("burial.grave.cycle_years")?.count()?;
    if !(1..=cycle).contains(&years) {
        let message = format!("一次最多续{cycle}年，请改小年数。");
        return Err(at_field("YEARS_TOO_LONG", "/years", message));
    }
    let longer = last_day(later(until, 1), years);
    if longer < scene.cx.today() {
        let message = "续期以后仍然是过期的，请按拖欠的时间多续几年。";
        return Err(at_field("RENEWAL_TOO_SHORT", "/years", message));
    }
    Ok(longer)
}

/// 续期: from the end of the old period on.
pub(super) fn renew(scene: Scene<'_>, data: &Renew) -> Decided {
    let cx = scene.cx;
    let mut facts = scene.facts();
    let receipt = filled(&data.receipt, "/receipt", "请填写收费票据号。");
    desk::valid(receipt.into_iter().collect())?;
    let (until, longer) = (until(scene)?, longer(scene, data.years)?);
    let maintenance_years = data.maintenance_years.unwrap_or(data.years);
    let most = cx.rule("burial.grave.maintenance_years")?.count()?;
    if maintenance_years > most {
        let message = format!("维护管理费一次最多交{most}年，请改小年数。");
        return Err(at_field(
            "MAINTENANCE_TOO_LONG",
            "/maintenance_years",
            message,
        ));
    }
    facts.asked = None;
    facts.renewals.push(Renewal {
        by: desk::officer(cx),
        on: cx.today(),
        until: longer,
        maintenance_years,
        receipt: data.receipt.trim().to_owned(),
    });
    if let Some(contract) = facts.contract.as_mut() {
        contract.until = Some(longer);
        if maintenance_years > 0 {
            let paid = contract.maintained_until.unwrap_or(until);
            contract.maintained_until = Some(last_day(later(paid, 1), maintenance_years));
        }
    }
    let clocks = clocks(&facts, cx)?;
    let message = format!("已经续期到{}。", desk::day(longer));
    let mut decision = Decision::to(State::Placed, facts, "续期")
        .tell(message)
        .stop(NOTICE_END)
        .effect(Effect::Renew(longer));
    if scene.beneath() == State::Expired {
        let down = NoticeOp::Withdraw(EXPIRED_NOTICE.to_owned());
        decision.notices.push(down);
    }
    for clock in clocks {
        decision = decision.start(clock);
    }
    Ok(decision)
}
