//! What time does to a deposit: reminders at −60, −30, 0 and +30 days, then the notice. Before
//! each, the ledger is asked where the urn is: one that was laid to rest needs no reminder.

use jiff::{ToSpan as _, civil::Date};
use yiwang_casework::{
    Case, Context,
    decision::{PostNotice, StartClock},
};
use yiwang_civic::{calendar::Due, mask, params::ParamError};

use super::{AshesDeposit, Decided, Scene, leave, months_later};
use crate::domain::{ashes_deposit::state::State, desk};

/// Clock of the first reminder.
pub(in super::super) const BEFORE_60: &str = "before_60";
/// Clock of the second reminder.
pub(in super::super) const BEFORE_30: &str = "before_30";
/// Clock of the last paid day.
pub(in super::super) const PAID_UNTIL: &str = "paid_until";
/// Clock of the reminder after it.
pub(in super::super) const AFTER_30: &str = "after_30";
/// Clock of the notice's beginning.
pub(in super::super) const UNCLAIMED: &str = "unclaimed";
/// Clock of the notice's end.
pub(in super::super) const NOTICE_END: &str = "notice_end";

const BASIS: &str = "骨灰寄存合同";

fn on(day: Date) -> Due {
    Due {
        last_day: day,
        provisional: false,
    }
}

fn clock(name: &str, label: &str, day: Date) -> StartClock {
    StartClock::fire(name, label, BASIS, on(day))
}

/// All clocks of a paid time. A reminder whose day is past is not given: a contract of one
/// month has none sixty days before.
pub(super) fn of(paid_until: Date, cx: &Context<'_>) -> Result<Vec<StartClock>, ParamError> {
    let months = cx.rule("burial.ashes.unclaimed_months")?.count()?;
    let shifted = |days: i64| paid_until.saturating_add(days.days());
    let unclaimed = months_later(paid_until, months);
    let all = [
        clock(BEFORE_60, "到期前60天提醒", shifted(-60)),
        clock(BEFORE_30, "到期前30天提醒", shifted(-30)),
        clock(PAID_UNTIL, "寄存期限", paid_until),
        clock(AFTER_30, "到期后30天提醒", shifted(30)),
        clock(UNCLAIMED, "无人认领的期限", unclaimed),
    ];
    let today = cx.today();
    let open = all.into_iter().filter(|clock| {
        let reminder = matches!(clock.name.as_str(), BEFORE_60 | BEFORE_30 | AFTER_30);
        !reminder || clock.last_day >= today
    });
    Ok(open.collect())
}

/// Before the end.
pub(super) fn remind(scene: Scene<'_>) -> Decided {
    if !scene.is_here() {
        return leave::left(scene);
    }
    let until = scene.contract()?.paid_until;
    let mut facts = scene.facts();
    facts.reminded.push(scene.cx.today());
    let message = format!(
        "骨灰寄存在{}，寄存期到{}为止。请提前在“申请续存”里办理，那里写着费用；也可以领取或者安放。",
        facts.facility,
        desk::day(until)
    );
    Ok(scene
        .moved_to(State::DueSoon, facts, "到期前提醒")
        .tell(message))
}

/// The last paid day is over.
pub(super) fn period_ended(scene: Scene<'_>) -> Decided {
    if !scene.is_here() {
        return leave::left(scene);
    }
    let mut facts = scene.facts();
    facts.reminded.push(scene.cx.today());
    let message = format!(
        "骨灰寄存期已满，请尽快申请续存，或者到{}领取、安放。骨灰仍然保管在馆。",
        facts.facility
    );
    Ok(scene
        .moved_to(State::Overdue, facts, "寄存期满")
        .tell(message))
}

/// After it.
pub(super) fn remind_overdue(scene: Scene<'_>) -> Decided {
    if !scene.is_here() {
        return leave::left(scene);
    }
    let mut facts = scene.facts();
    facts.reminded.push(scene.cx.today());
    let message = format!(
        "骨灰寄存期满已经30天，请尽快到{}办理；长期无人办理的，公告后生态安葬。",
        facts.facility
    );
    Ok(scene
        .moved_to(State::Overdue, facts, "到期后提醒")
        .tell(message))
}

/// Each round has a notice of its own.
pub(super) fn notice_name(case: &Case<AshesDeposit>) -> String {
    format!("unclaimed_{}", case.facts.renewals.len() + 1)
}

/// 无人认领公告.
pub(super) fn unclaimed(scene: Scene<'_>) -> Decided {
    if !scene.is_here() {
        return leave::left(scene);
    }
    let days = scene.cx.rule("burial.ashes.notice_days")?.count()?;
    let last = scene.cx.today().saturating_add(i64::from(days).days());
    let until = scene.contract()?.paid_until;
    let facts = scene.facts();
    let name = mask::name(scene.case.form.user.name.trim());
    let notice = PostNotice {
        name: notice_name(scene.case),
        kind: "无人认领骨灰公告".to_owned(),
        title: format!("{}无人认领骨灰公告", facts.facility),
        rows: vec![
            ("逝者".to_owned(), name.clone()),
            ("寄存到期日".to_owned(), desk::day(until)),
            ("公告到".to_owned(), desk::day(last)),
        ],
        text: format!(
            "{name}的骨灰寄存期满后长期无人办理。请家属在公告期内携带身份证件到{}办理；公告期满无人办理的，报民政局后生态安葬，档案永久保存。",
            facts.facility
        ),
        place: facts.facility.clone(),
        last_day: last,
    };
    let message = format!(
        "骨灰寄存期满后长期无人办理，现在公告，到{}为止。请尽快与{}联系。",
        desk::day(last),
        facts.facility
    );
    Ok(scene
        .moved_to(State::Notice, facts, "无人认领，公告")
        .tell(message)
        .post(notice)
        .start(clock(NOTICE_END, "无人认领公告", last)))
}

/// 公告期满.
pub(super) fn notice_ended(scene: Scene<'_>) -> Decided {
    if !scene.is_here() {
        return leave::left(scene);
    }
    Ok(scene
        .moved_to(State::Unclaimed, scene.facts(), "公告期满，无人办理")
        .tell("公告期满没有人办理，将报民政局后生态安葬。现在仍然可以领取，请尽快联系。"))
}
